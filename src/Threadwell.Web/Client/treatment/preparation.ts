// The preparation of the day: each section saves itself as soon as it is answered.
import { byId, make } from '../shared/dom';
import { number, text } from '../shared/page';
import type { Desk } from './desk';
import { formOf, put, showRefusal, ticked, valueOf } from './fields';
import type { Dose, Facts, Treatment } from './state';

const QUESTIONS = ['fever', 'herpes', 'pregnant', 'medicines', 'allergy'];

/** Says how far a section has come. */
export function mark(section: string, done: boolean, words: string): void {
  const state = document.querySelector<HTMLElement>(`#${section} h2 .state`);
  if (!state) return;
  state.dataset.done = String(done);
  state.textContent = `${done ? '✓' : '○'} ${words}`;
}

export class Preparation {
  private readonly rows = byId('dose-rows');
  private shownRows = 0;

  constructor(private readonly desk: Desk, private readonly facts: Facts) {
    this.saves('recheck', () => ({ ...Object.fromEntries(QUESTIONS.map((question) => [question, valueOf(formOf('recheck'), question)])), systolic: valueOf(formOf('recheck'), 'systolic'), diastolic: valueOf(formOf('recheck'), 'diastolic') }));
    this.saves('doses', () => this.doses());
    this.saves('sterility', () => ({ ticked: ticked(formOf('sterility')) }));
    this.onSubmit('phone', () => ({}));
    this.onSubmit('asymmetry', () => this.asymmetry());
    byId('dose-add').addEventListener('click', () => this.addRow({ isCream: false, percent: '', amount: '', withAdrenaline: false }, true));
    desk.watch((state) => this.fill(state));
  }

  /** Saves a form whenever something in it was changed. */
  private saves(name: string, body: () => object): void {
    const form = formOf(name);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('change', () => void this.desk.send('PUT', name, { revision: 0, ...body() }).then((refusal) => showRefusal(form, refusal)));
  }

  private onSubmit(name: string, body: () => object): void {
    const form = formOf(name);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.desk.send('PUT', name, { revision: 0, ...body() }).then((refusal) => showRefusal(form, refusal, true));
    });
  }

  private asymmetry(): object {
    const form = formOf('asymmetry');
    return {
      measures: [...form.querySelectorAll<HTMLElement>('tr[data-measure]')].map((row) => {
        const key = row.dataset.measure!;
        return { key, left: valueOf(form, `${key}-left`), right: valueOf(form, `${key}-right`) };
      }),
      note: valueOf(form, 'asymmetry-note'),
      countersignedBy: valueOf(form, 'countersigned'),
    };
  }

  private doses(): object {
    const form = formOf('doses');
    return {
      weightKg: valueOf(form, 'weight'),
      doses: [...this.rows.children].map((_, row) => ({
        isCream: valueOf(form, `kind-${row}`) === 'cream',
        percent: valueOf(form, `percent-${row}`),
        amount: valueOf(form, `amount-${row}`),
        withAdrenaline: (form.elements.namedItem(`adrenaline-${row}`) as HTMLInputElement).checked,
      })),
      isNone: (form.elements.namedItem('none') as HTMLInputElement).checked,
      reason: valueOf(form, 'dose-reason'),
    };
  }

  private addRow(dose: Dose, focus = false): void {
    const row = this.shownRows++;
    const kind = make('select', { name: `kind-${row}`, id: `kind-${row}` }, make('option', { value: 'injection' }, text('dose.injection')), make('option', { value: 'cream' }, text('dose.cream')));
    kind.value = dose.isCream ? 'cream' : 'injection';
    const field = (name: string, label: string, value: string) =>
      make('div', { class: 'field', 'data-field': `${name}-${row}` }, make('label', { for: `${name}-${row}` }, label), make('input', { id: `${name}-${row}`, name: `${name}-${row}`, inputmode: 'decimal', maxlength: 6, autocomplete: 'off', value }));
    this.rows.append(
      make(
        'fieldset',
        { class: 'dose-row' },
        make('legend', { class: 'visually-hidden' }, text('dose.row', row + 1)),
        make('div', { class: 'field' }, make('label', { for: `kind-${row}` }, text('dose.kind')), kind),
        field('percent', text('dose.percent'), dose.percent),
        field('amount', text('dose.amount'), dose.amount),
        make('label', { class: 'check' }, make('input', { type: 'checkbox', name: `adrenaline-${row}`, checked: dose.withAdrenaline }), make('span', {}, text('dose.adrenaline'))),
      ),
    );
    if (focus) byId(`percent-${row}`).focus();
  }

  private fill(state: Treatment): void {
    this.fillRecheck(state);
    this.fillDoses(state);
    this.fillPhone(state);
    this.fillViews(state);
    this.fillAsymmetry(state);
    for (const box of formOf('sterility').querySelectorAll<HTMLInputElement>('input')) box.checked = state.sterile.includes(box.value);
    mark('sterility', state.sterile.length === this.facts.sterility, text('of', state.sterile.length, this.facts.sterility));
    const done = document.querySelectorAll('#preparation h2 .state[data-done="true"]').length;
    byId('preparation-short').textContent = text('of', done, document.querySelectorAll('#preparation h2 .state').length);
  }

  private fillRecheck(state: Treatment): void {
    const form = formOf('recheck');
    const asked = QUESTIONS.filter((question) => form.elements.namedItem(question));
    const known = state.recheck as unknown as Record<string, string>;
    const today = Boolean(state.recheck.isOfTheDay);
    for (const name of [...asked, 'systolic', 'diastolic']) put(form, name, today ? (known[name] ?? '') : '');
    const open = [...asked, 'systolic', 'diastolic'].filter((name) => !today || !known[name]).length;
    mark('recheck', open === 0, open === 0 ? (known.asked ?? '') : text('left', open));
  }

  private fillDoses(state: Treatment): void {
    const { doses } = state;
    const form = formOf('doses');
    put(form, 'weight', doses.weightKg);
    put(form, 'dose-reason', doses.reason);
    const none = form.elements.namedItem('none') as HTMLInputElement;
    none.checked = doses.isNone;
    if (this.shownRows === 0) {
      for (const dose of doses.rows.length > 0 ? doses.rows : [{ isCream: true, percent: '', amount: '', withAdrenaline: false }, { isCream: false, percent: '', amount: '', withAdrenaline: true }]) this.addRow(dose);
    }
    const over = (doses.share ?? 0) > 1;
    const sum = byId('dose-sum');
    sum.textContent = doses.limitMg === null || doses.totalMg === 0 ? text('dose.sum', number(doses.totalMg, 0)) : text('dose.sum.limit', number(doses.totalMg, 0), number(doses.limitMg, 0), number(100 * doses.share!, 0));
    sum.className = over ? 'problem' : 'fine';
    mark('doses', (doses.totalMg > 0 && doses.limitMg !== null && (!over || doses.reason !== '')) || doses.isNone, text(over ? 'dose.over' : 'dose.within'));
    if (doses.totalMg === 0 && !doses.isNone) mark('doses', false, text('missing'));
  }

  private fillPhone(state: Treatment): void {
    byId('phone-number').textContent = state.phone.number || text('phone.none');
    mark('phone', state.phone.checked !== '', state.phone.checked || text('missing'));
  }

  private fillAsymmetry(state: Treatment): void {
    const form = formOf('asymmetry');
    const known = state.asymmetry;
    for (const measure of known?.measures ?? []) {
      put(form, `${measure.key}-left`, measure.left);
      put(form, `${measure.key}-right`, measure.right);
    }
    if (known) {
      put(form, 'asymmetry-note', known.note);
      put(form, 'countersigned', known.countersignedBy);
      form.querySelector('[data-by]')!.textContent = known.measured;
    }
    mark('asymmetry', Boolean(known?.countersignedBy), text(known ? (known.countersignedBy ? 'asymmetry.done' : 'asymmetry.half') : 'missing'));
  }

  private fillViews(state: Treatment): void {
    const list = byId('views');
    list.replaceChildren(...state.views.map(({ view, photo }) => {
      const input = make('input', { id: `view-${view}`, class: 'visually-hidden', type: 'file', accept: 'image/jpeg,image/png,image/webp' });
      input.addEventListener('change', () => void this.upload(view, input));
      return make(
        'li',
        { 'data-field': `view-${view}`, 'data-there': photo ? 'true' : 'false' },
        photo ? make('img', { src: `/api/photos/${photo}/thumbnail`, alt: text(`view.${view}`) }) : make('span', { class: 'blank', 'aria-hidden': 'true' }, '○'),
        make('label', { class: 'button', for: `view-${view}` }, `${photo ? '✓' : '+'} ${text(`view.${view}`)}`),
        input,
      );
    }));
    const there = state.views.filter((view) => view.photo).length;
    mark('photos', there === state.views.length, text('of', there, state.views.length));
  }

  private async upload(view: string, input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    const host = input.closest('li')!;
    try {
      const name = view[0]!.toUpperCase() + view.slice(1);
      const response = await fetch(`/api/treatments/${this.desk.state.id}/photos?view=${name}`, { method: 'POST', body: file, headers: { 'X-Threadwell': '1', 'Content-Type': 'application/octet-stream' } });
      const body = await response.json();
      if (response.ok) this.desk.take(body as Treatment);
      else host.append(make('p', { class: 'problem small', role: 'alert' }, String(body.detail ?? text('unsaved'))));
    } catch {
      host.append(make('p', { class: 'problem small', role: 'alert' }, text('away')));
    }
  }
}
