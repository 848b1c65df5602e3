import { ask, Refusal } from '../shared/api';
import { language, text } from '../shared/page';
import { make, renderKept } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { PlanStore } from './store';
import type { Plan, PlanDraft, PlanVersion } from './types';
import { when } from './words';

const LONGEST_NAME = 120;
const LONGEST_NOTE = 300;

/** Name, versions, and other plans of the same scan. */
export class KeepPanel {
  private others: Plan[] = [];
  private problem = '';

  constructor(private readonly host: HTMLElement, private readonly store: PlanStore, private readonly say: (words: string) => void) {}

  async load(): Promise<void> {
    const plans = await ask<Plan[]>('GET', `/api/plans?scan=${this.store.plan.scanId}`);
    this.others = plans.filter((plan) => plan.id !== this.store.plan.id);
    this.render();
  }

  render(): void {
    const name = make('input', { id: 'k-name', type: 'text', maxlength: LONGEST_NAME, value: this.typedName() ?? this.store.plan.name, onchange: () => {
      if (name.value.trim() !== '') this.store.rename(name.value.trim());
      else name.value = this.store.plan.name;
    } });
    const typed = this.host.querySelector<HTMLInputElement>('#k-note')?.value ?? '';
    const note = make('input', { id: 'k-note', type: 'text', maxlength: LONGEST_NOTE, value: typed });
    renderKept(this.host,
      make('div', { class: 'field' }, make('label', { for: 'k-name' }, text('keep.name')), name),
      make('form', { class: 'keep-form', onsubmit: (event) => { event.preventDefault(); void this.keep(note); } },
        make('div', { class: 'field grow' }, make('label', { for: 'k-note' }, text('keep.note')), note),
        make('button', { type: 'submit', id: 'keep-version' }, text('keep.save'))),
      this.problem !== '' && make('p', { class: 'problem', role: 'alert', lang: languageOf(this.problem) }, this.problem),
      this.versions(),
      this.compare());
  }

  // A name that is being typed is left alone.
  private typedName(): string | null {
    const input = this.host.querySelector<HTMLInputElement>('#k-name');
    return input && input === document.activeElement ? input.value : null;
  }

  private versions(): HTMLElement {
    const { versions, id } = this.store.plan;
    if (versions.length === 0) return make('p', { class: 'small quiet' }, text('keep.none'));
    return make('ul', { class: 'versions' }, ...[...versions].reverse().map((version) => make('li', { 'data-version': version.number },
      make('div', {}, make('strong', {}, text('keep.version', version.number)), version.note !== '' && ` ${version.note}`, make('span', { class: 'quiet small block' }, when(version.createdAt, language))),
      make('div', { class: 'actions' },
        make('button', { type: 'button', id: `open-${version.number}`, onclick: () => void this.open(version) }, text('keep.open')),
        make('a', { class: 'button', href: `/api/plans/${id}/versions/${version.number}?download`, download: `plan-v${version.number}.json` }, text('keep.download'))))));
  }

  private compare(): HTMLElement | false {
    if (this.others.length === 0) return false;
    return make('div', {}, make('h3', {}, text('keep.others')), make('ul', { class: 'versions' }, ...this.others.map((other) => make('li', {}, make('a', { href: `/plans/${other.id}` }, other.name), make('a', { class: 'button', href: `/compare?a=${this.store.plan.id}&b=${other.id}`, 'aria-label': text('keep.compareWith', other.name) }, text('keep.compare'))))));
  }

  private async keep(note: HTMLInputElement): Promise<void> {
    this.problem = '';
    try {
      await this.store.save();
      const version = await ask<PlanVersion>('POST', `/api/plans/${this.store.plan.id}/versions`, { note: note.value });
      note.value = '';
      this.say(text('said.kept', version.number));
      await this.store.refresh();
    } catch (error) {
      this.problem = error instanceof Refusal ? error.message : text('offline');
      this.render();
    }
  }

  // One step of undo takes it back.
  private async open(version: PlanVersion): Promise<void> {
    try {
      const draft = await ask<PlanDraft>('GET', `/api/plans/${this.store.plan.id}/versions/${version.number}`);
      this.store.edit(() => draft, undefined, []);
      this.say(text('said.opened', version.number));
    } catch (error) {
      this.problem = error instanceof Refusal ? error.message : text('offline');
      this.render();
    }
  }
}
