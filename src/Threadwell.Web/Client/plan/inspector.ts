import { number, text } from '../shared/page';
import type { Vec3 } from '../scene/vectors';
import { choice } from './controls';
import { make, renderKept } from '../shared/dom';
import { languageOf, learn, said } from '../shared/engine';
import type { Editing, Part } from './editing';
import { icon, type IconName } from './icons';
import type { PlanPicture } from './picture';
import type { PlanStore } from './store';
import { barbTable } from './thread-list';
import type { Anchor, Barbs, Direction, Material, PlannedThread } from './types';

// Bounds of the plan file (docs/formats/plan.md).
const BOUNDS = { diameterMm: [0.05, 1.5], barbsPerCm: [0, 40], depthMm: [0.5, 25], gatherMm: [0, 40], pullN: [0, 50] } as const;
const FIRST_BARBS_PER_CM = 5;

type NumberField = keyof typeof BOUNDS;

/** The fields of the selected threads; a change goes to all of them. Where they differ a field is empty. */
export class Inspector {
  constructor(
    private readonly host: HTMLElement,
    private readonly store: PlanStore,
    private readonly picture: PlanPicture,
    private readonly editing: Editing,
    private readonly say: (words: string) => void,
  ) {}

  render(): void {
    const threads = this.store.selected;
    if (this.wrongFor !== this.store.selection.join()) this.wrong.clear();
    this.wrongFor = this.store.selection.join();
    if (threads.length === 0) {
      renderKept(this.host, make('p', { class: 'quiet small' }, text('inspector.none')));
      return;
    }
    const open = this.host.querySelector<HTMLDetailsElement>('#barbs')?.open ?? false;
    const barbs = barbTable(this.picture, this.store.selection);
    if (barbs) (barbs as HTMLDetailsElement).open = open;
    const one = threads.length === 1 ? threads[0] : null;
    if (one) void learn([one.reason]).then((fresh) => fresh && this.render());
    renderKept(this.host,
      make('h3', { class: 'inspector-head' }, one ? text('inspector.one', one.id) : text('inspector.many', threads.length)),
      one?.reason ? make('p', { class: 'small quiet', lang: languageOf(said(one.reason)) }, said(one.reason)) : null,
      this.actions(),
      make('div', { class: 'fields' }, ...this.fields(threads)),
      one && this.places(one),
      barbs);
  }

  private actions(): HTMLElement {
    const act = (id: string, name: IconName, key: string, action: () => void): HTMLElement => make('button', { type: 'button', id, onclick: action }, icon(name), text(key));
    return make('div', { class: 'actions' },
      act('mirror', 'copy', 'act.mirror', () => {
        const made = this.editing.mirror();
        this.say(made > 0 ? text('said.mirrored', made) : text('said.notMirrored'));
      }),
      act('duplicate', 'duplicate', 'act.duplicate', () => this.editing.duplicate()),
      act('delete', 'remove', 'act.delete', () => {
        this.say(text('said.deleted', this.store.selection.join(', ')));
        this.editing.remove();
      }));
  }

  private fields(threads: PlannedThread[]): HTMLElement[] {
    const same = <K extends keyof PlannedThread>(key: K): PlannedThread[K] | null => (threads.every((thread) => thread[key] === threads[0][key]) ? threads[0][key] : null);
    const set = (change: (thread: PlannedThread) => PlannedThread): void => this.store.editThreads(this.store.selection, change);
    const names = (prefix: string, keys: readonly string[]): [string, string][] => keys.map((key) => [key, text(`${prefix}.${key}`)]);
    const byPull = threads.every((thread) => thread.pullN !== null);
    const smooth = threads.every((thread) => thread.barbs === 'none');
    return [
      choice('f-material', text('f.material'), names('material', ['PDO', 'PLLA', 'PCL', 'PLCL']), same('material'), (value) => set((thread) => ({ ...thread, material: value as Material }))),
      this.numberField('diameterMm', text('f.diameter'), same('diameterMm'), 0.01),
      choice('f-barbs', text('f.barbs'), names('barbs', ['cut', 'moulded', 'cone', 'none']), same('barbs'), (value) => set((thread) => withBarbs(thread, value as Barbs))),
      ...(smooth ? [] : [this.numberField('barbsPerCm', text('f.barbsPerCm'), same('barbsPerCm'), 1)]),
      choice('f-direction', text('f.direction'), names('direction', ['bidirectional', 'unidirectional']), same('direction'), (value) => set((thread) => ({ ...thread, direction: value as Direction }))),
      choice('f-anchor', text('f.anchor'), names('anchor', ['selfAnchored', 'fixed']), same('anchor'), (value) => set((thread) => ({ ...thread, anchor: value as Anchor }))),
      this.numberField('depthMm', text('f.depth'), same('depthMm'), 0.1),
      choice('f-by', text('f.by'), [['gather', text('f.byGather')], ['pull', text('f.byPull')]], threads.every((thread) => (thread.pullN !== null) === byPull) ? (byPull ? 'pull' : 'gather') : null, (value) =>
        set((thread) => (value === 'pull' ? { ...thread, gatherMm: null, pullN: thread.pullN ?? this.tension(thread.id) } : { ...thread, pullN: null, gatherMm: thread.gatherMm ?? 5 }))),
      byPull ? this.numberField('pullN', text('f.pull'), same('pullN'), 0.1) : this.numberField('gatherMm', text('f.gather'), same('gatherMm'), 0.5),
    ];
  }

  // The pull that stands for what the thread does now.
  private tension(id: string): number {
    const found = this.picture.preview?.answer.threads.find((thread) => thread.id === id);
    return Math.round(100 * Math.min(BOUNDS.pullN[1], found?.tensionN ?? 1)) / 100;
  }

  // What was typed out of bounds stays to be seen with its message, until it is put right or other threads are selected.
  private readonly wrong = new Map<NumberField, string>();
  private wrongFor = '';

  private numberField(field: NumberField, label: string, value: number | null, step: number): HTMLElement {
    const [low, high] = BOUNDS[field];
    const id = `f-${field}`;
    const problem = make('span', { class: 'field-problem', id: `${id}-problem`, role: 'alert' });
    const input = make('input', { id, type: 'number', inputmode: 'decimal', min: low, max: high, step: 'any', value: this.wrong.get(field) ?? (value === null ? '' : String(Number(value.toFixed(4)))), placeholder: value === null ? '…' : null, 'aria-describedby': `${id}-problem` });
    // The arrows of the field step by a useful amount, while every number in bounds may be typed.
    input.addEventListener('keydown', (event) => {
      const sense = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
      if (sense === 0 || input.value === '') return;
      event.preventDefault();
      input.value = String(Number(Math.min(high, Math.max(low, Number(input.value) + sense * step)).toFixed(4)));
      take();
    });
    input.addEventListener('change', () => take());
    const take = (): void => {
      const typed = input.value === '' ? NaN : Number(input.value);
      const wrong = !(typed >= low && typed <= high) || (field === 'barbsPerCm' && typed === 0);
      if (wrong) this.wrong.set(field, input.value);
      else this.wrong.delete(field);
      tell(wrong);
      if (!wrong) this.store.editThreads(this.store.selection, (thread) => ({ ...thread, [field]: typed }), `field ${field}`);
    };
    const tell = (wrong: boolean): void => {
      problem.textContent = wrong ? (field === 'barbsPerCm' ? text('f.barbsBounds', number(high, 0)) : text('f.bounds', number(low, low < 0.1 && low > 0 ? 2 : 1), number(high, 1))) : '';
      if (wrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    };
    tell(this.wrong.has(field));
    return make('div', { class: 'field' }, make('label', { for: id }, label), input, problem);
  }

  // Entry and exit by number; what is typed is carried to the nearest skin.
  private places(thread: PlannedThread): HTMLElement {
    const row = (part: Part): HTMLElement => {
      const place = this.editing.placeOf(thread, part);
      const inputs = ['x', 'y', 'z'].map((axis, index) => make('input', {
        id: `f-${part}-${axis}`, type: 'number', step: 'any', inputmode: 'decimal', value: place[index].toFixed(1), 'aria-label': text(`f.${part}Axis`, axis),
        onchange: () => {
          const typed = inputs.map((input) => Number(input.value));
          if (typed.every((value, at) => inputs[at].value !== '' && Number.isFinite(value))) {
            this.store.editThreads([thread.id], (current) => this.editing.place(current, part, typed as unknown as Vec3));
          }
        },
      }));
      return make('fieldset', { class: 'place' }, make('legend', {}, text(`f.${part}`)), ...inputs);
    };
    return make('div', { class: 'places' }, row('entry'), row('middle'), row('exit'), make('p', { class: 'small quiet' }, text('f.placeHint')));
  }
}

function withBarbs(thread: PlannedThread, barbs: Barbs): PlannedThread {
  return { ...thread, barbs, barbsPerCm: barbs === 'none' ? 0 : thread.barbsPerCm || FIRST_BARBS_PER_CM };
}
