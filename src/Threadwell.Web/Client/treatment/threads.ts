// Threads: the package, which planned threads it realises, what was placed, what was not.
import { byId, make } from '../shared/dom';
import { text } from '../shared/page';
import { Refusal } from '../shared/api';
import type { Desk } from './desk';
import { formOf, problemsOf, showProblems, showRefusal, valueOf } from './fields';
import type { PackageReading, Place, PlacedThread, Treatment } from './state';

export class Threads {
  private readonly packageForm = formOf('package');
  private readonly placeForm = formOf('place');
  private barcodes: string[] = [];
  private reading: PackageReading | null = null;
  private chosen = new Set<string>();

  constructor(private readonly desk: Desk) {
    this.packageForm.addEventListener('submit', (event) => { event.preventDefault(); void this.read(); });
    for (const name of ['product', 'lot', 'expiry']) byId(name).addEventListener('change', () => { if (this.ready()) void this.read(); });
    byId('package-other').addEventListener('click', () => this.other());
    byId('product-add').addEventListener('click', () => void this.addProduct());
    this.placeForm.addEventListener('submit', (event) => { event.preventDefault(); void this.place(); });
    byId('unplanned-reason').addEventListener('input', () => this.count());
    const notPlaced = formOf('not-placed');
    notPlaced.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.desk.send('PUT', 'not-placed', { revision: 0, planned: checked(byId('left')), reason: valueOf(notPlaced, 'not-placed-reason') }).then((refusal) => showRefusal(notPlaced, refusal, true));
    });
    desk.watch((state) => this.fill(state));
  }

  private package(): object {
    return { barcodes: this.barcodes, productId: this.barcodes.length === 0 ? valueOf(this.packageForm, 'product') || null : null, lot: valueOf(this.packageForm, 'lot'), expiry: valueOf(this.packageForm, 'expiry') };
  }

  private ready(): boolean {
    return this.barcodes.length > 0 || (valueOf(this.packageForm, 'product') !== '' && valueOf(this.packageForm, 'lot') !== '' && valueOf(this.packageForm, 'expiry') !== '');
  }

  /** Reads what was scanned; a further barcode is taken as the second one of the same package while something is missing. */
  private async read(): Promise<void> {
    const field = byId<HTMLInputElement>('barcode');
    const scanned = field.value;
    if (scanned.trim()) this.barcodes = this.reading?.offer === 'scan-more' ? [...this.barcodes, scanned] : [scanned];
    if (!scanned.trim() && !this.ready()) {
      showProblems(this.packageForm, { barcode: text('barcode.needed') });
      field.focus();
      return;
    }
    await this.show(() => this.desk.ask<PackageReading>('POST', 'package', this.package()));
    field.value = '';
    if (Object.keys(this.reading?.problems ?? { barcode: '' }).length > 0) {
      if (this.reading?.offer !== 'scan-more' && this.reading?.offer !== 'unknown-product') this.barcodes = [];
      field.focus();
    } else {
      this.placeForm.querySelector<HTMLElement>('input')?.focus();
    }
  }

  private async show(ask: () => Promise<PackageReading>): Promise<void> {
    try {
      this.reading = await ask();
      showProblems(this.packageForm, this.reading.problems);
      if (this.reading.problems.lot || this.reading.problems.expiry) byId<HTMLDetailsElement>('typed').open = true;
    } catch (error) {
      this.reading = null;
      showRefusal(this.packageForm, error instanceof Refusal ? error : new Refusal(0, text('away'), null, {}));
    }
    this.showWords();
    this.fill(this.desk.state);
  }

  private showWords(): void {
    const found = this.reading?.package;
    byId('package-words').replaceChildren(...(found && (found.identifier || found.product) ? [make(
      'dl',
      { class: 'package' },
      ...entry(text('product'), found.isKnown ? `${found.product}, ${found.maker} (${found.material})` : text('product.unknown')),
      ...entry(text('identifier'), found.identifier || '–'),
      ...entry(text('lot'), found.lot || text('missing')),
      ...entry(text('expiry'), found.expiry || text('missing')),
      ...(found.serial ? entry(text('serial'), found.serial) : []),
    )] : []));
    byId('new-product').hidden = this.reading?.offer !== 'unknown-product';
    byId('package-other').hidden = !this.reading;
  }

  private other(): void {
    this.barcodes = [];
    this.reading = null;
    this.chosen.clear();
    this.packageForm.reset();
    showProblems(this.packageForm, {});
    this.showWords();
    this.fill(this.desk.state);
    byId('barcode').focus();
  }

  private async addProduct(): Promise<void> {
    const value = (name: string) => valueOf(this.packageForm, `product-${name}`);
    try {
      const reading = await this.desk.ask<PackageReading>('POST', 'products', { package: this.package(), name: value('name'), maker: value('maker'), material: value('material'), absorbable: value('absorbable'), barbs: value('barbs'), diameterMm: value('diametermm') });
      await this.show(() => Promise.resolve(reading));
    } catch (error) {
      showRefusal(this.packageForm, error instanceof Refusal ? error : null, true);
    }
  }

  private usable(): boolean {
    return this.reading !== null && Object.keys(this.reading.problems).length === 0;
  }

  private async place(): Promise<void> {
    const reason = valueOf(this.placeForm, 'unplanned-reason').trim();
    const unplanned = byId<HTMLDetailsElement>('unplanned').open && (reason || this.chosen.size === 0);
    const refusal = await this.desk.send('POST', 'threads', {
      package: this.package(),
      planned: [...this.chosen],
      unplanned: unplanned ? { area: byId<HTMLSelectElement>('unplanned-area').value, side: byId<HTMLSelectElement>('unplanned-side').value, reason } : null,
      depthMm: valueOf(this.placeForm, 'depth'),
      tensionN: valueOf(this.placeForm, 'tension'),
      note: valueOf(this.placeForm, 'thread-note'),
    });
    showRefusal(this.placeForm, refusal, true);
    if (refusal) {
      const fields = problemsOf(refusal);
      showProblems(this.packageForm, Object.fromEntries(Object.entries(fields).filter(([field]) => ['barcode', 'lot', 'expiry', 'product'].includes(field))));
      return;
    }
    // The same package may hold more; a new one begins with the next scan.
    this.chosen.clear();
    this.placeForm.reset();
    byId<HTMLDetailsElement>('unplanned').open = false;
    this.fill(this.desk.state);
    if (this.desk.state.left.length > 0) byId('barcode').focus();
  }

  private fill(state: Treatment): void {
    byId('threads').hidden = state.state === 'preparing' || state.state === 'cancelled';
    byId('package').hidden = state.state !== 'started';
    this.placeForm.hidden = state.state !== 'started' || !this.usable();
    const material = this.reading?.package.material;
    this.chosen = new Set([...this.chosen].filter((id) => state.left.some((place) => place.id === id)));
    byId('planned').replaceChildren(...state.left.map((place) => this.choice(place, material)));
    const fitting = state.left.filter((place) => !material || place.material === material);
    if (fitting.length > 1) {
      byId('planned').append(make('button', { type: 'button', onclick: () => { for (const place of fitting) this.chosen.add(place.id); this.fill(this.desk.state); byId('place-go').focus(); } }, text('place.every', fitting.length)));
    }
    if (state.left.length === 0) byId('planned').append(make('p', { class: 'fine' }, `✓ ${text('place.all')}`));
    this.count();
    const standing = state.threads.filter((thread) => !thread.isStruck);
    byId('threads-count').textContent = text('threads.count', standing.length, state.left.length);
    byId('thread-list').replaceChildren(...(state.threads.length > 0 ? [make('ul', { class: 'cards placed' }, ...state.threads.map((thread) => this.row(thread, state)))] : []));
    const lacking = Object.entries(state.notPlaced);
    const form = formOf('not-placed');
    form.hidden = state.state !== 'started' || (state.left.length === 0 && lacking.length === 0);
    byId('left').replaceChildren(
      ...state.left.map((place) => make('label', { class: 'check' }, make('input', { type: 'checkbox', value: place.id }), make('span', {}, words(place)))),
      ...lacking.map(([id, reason]) => make('label', { class: 'check' }, make('input', { type: 'checkbox', value: id }), make('span', {}, `${id}: ${reason}`))),
    );
  }

  private choice(place: Place, material: string | undefined): HTMLElement {
    const box = make('input', { type: 'checkbox', 'data-own': true, value: place.id, checked: this.chosen.has(place.id), disabled: material !== undefined && material !== '' && place.material !== material });
    box.addEventListener('change', () => { if (box.checked) this.chosen.add(place.id); else this.chosen.delete(place.id); this.count(); });
    return make('label', { class: 'check' }, box, make('span', {}, words(place)));
  }

  private count(): void {
    const extra = byId<HTMLDetailsElement>('unplanned').open && valueOf(this.placeForm, 'unplanned-reason').trim() ? 1 : 0;
    byId('place-go').textContent = text('place.go', this.chosen.size + extra);
  }

  private row(thread: PlacedThread, state: Treatment): HTMLElement {
    const what = `${thread.planned || text('thread.extra')} · ${text(`area.${thread.area}`)}, ${text(`side.${thread.side}`)}`;
    const facts = [thread.product, thread.maker, `${text('lot')} ${thread.lot}`, `${text('expiry')} ${thread.expiry}`, thread.depthMm && text('depth.of', thread.depthMm), thread.tensionN && text('tension.of', thread.tensionN), thread.reason, thread.note].filter(Boolean).join(' · ');
    const item = make('li', { class: 'card', 'data-thread': thread.number, 'data-struck': String(thread.isStruck) }, make('h3', {}, thread.isStruck ? make('s', {}, what) : what), make('p', { class: 'small' }, facts));
    if (thread.removed) item.append(make('p', { class: 'small notice' }, thread.removed));
    if (thread.isStruck) item.append(make('p', { class: 'small notice' }, text('strike.done', thread.struckReason)));
    else if (state.state === 'started') item.append(this.strike(thread));
    return item;
  }

  private strike(thread: PlacedThread): HTMLElement {
    const id = `strike-${thread.number}`;
    const reason = make('input', { id, maxlength: 400, autocomplete: 'off' });
    const form = make('form', { novalidate: true }, make('div', { class: 'field', 'data-field': 'reason' }, make('label', { for: id }, text('strike.why')), reason), make('button', { type: 'submit' }, text('strike.go')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.desk.send('POST', `threads/${thread.id}/strike`, { revision: 0, reason: reason.value }).then((refusal) => { if (refusal) showRefusal(form, refusal, true); });
    });
    return make('details', { class: 'strike' }, make('summary', {}, text('strike')), form);
  }
}

const words = (place: Place): string => `${place.id}: ${text(`area.${place.area}`)}, ${text(`side.${place.side}`)}, ${place.material}${place.depthMm ? `, ${text('depth.of', place.depthMm)}` : ''}`;
const checked = (host: HTMLElement): string[] => [...host.querySelectorAll<HTMLInputElement>('input:checked')].map((box) => box.value);
const entry = (term: string, value: string): HTMLElement[] => [make('dt', {}, term), make('dd', {}, value)];
