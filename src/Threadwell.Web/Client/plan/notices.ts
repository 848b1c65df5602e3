import { text } from '../shared/page';
import { make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { PlanStore } from './store';

/** Whether what is seen is kept, in a word, and what to decide where it is not. */
export class Notices {
  private shown = '';

  constructor(private readonly state: HTMLElement, private readonly host: HTMLElement, private readonly store: PlanStore) {}

  render(): void {
    const { saving, problem } = this.store;
    this.state.textContent = text(`saving.${saving}`);
    this.state.dataset.saving = saving;
    const shown = `${saving} ${problem}`;
    if (shown === this.shown) return;
    this.shown = shown;
    if (saving === 'conflict') this.host.replaceChildren(this.conflict());
    else if (saving === 'away') this.host.replaceChildren(make('p', { class: 'notice', role: 'status' }, text('offline')));
    else if (saving === 'refused') this.host.replaceChildren(make('p', { class: 'problem', role: 'alert' }, text('saving.refusedWhy'), ' ', make('span', { lang: languageOf(problem ?? '') }, problem ?? '')));
    else if (saving !== 'saving') this.host.replaceChildren();
  }

  private conflict(): HTMLElement {
    const problem = make('p', { class: 'problem', hidden: true });
    const attempt = (action: () => Promise<void>) => (): void => {
      action().catch(() => {
        problem.textContent = text('offline');
        problem.hidden = false;
      });
    };
    return make('div', { class: 'notice conflict', role: 'alert' },
      make('p', {}, make('strong', {}, text('conflict')), ' ', text('conflict.what')),
      make('div', { class: 'actions' },
        make('button', { type: 'button', id: 'conflict-load', onclick: attempt(() => this.store.reload()) }, text('conflict.load')),
        make('button', { type: 'button', id: 'conflict-copy', onclick: attempt(async () => location.assign(`/plans/${await this.store.copy(text('conflict.name', this.store.plan.name).slice(0, 120))}`)) }, text('conflict.copy'))),
      problem);
  }
}
