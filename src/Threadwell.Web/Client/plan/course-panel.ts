import { ask, follow, type JobStatus, Refusal, send } from '../shared/api';
import { language, number, text } from '../shared/page';
import { make, renderKept } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { PlanStore } from './store';
import type { PredictionState } from './types';
import { when } from './words';

const MONTHS = 60;

/** Starting a course, following it, and what the kept ones offer. */
export class CoursePanel {
  private readonly followed = new Map<string, { stop: () => void }>();
  private readonly progress = new Map<string, { bar: HTMLProgressElement; step: HTMLElement }>();
  private problem = '';
  private drawn = '';

  constructor(private readonly host: HTMLElement, private readonly store: PlanStore, private readonly say: (words: string) => void, private readonly openYears: () => void) {}

  render(): void {
    const { predictions, versions } = this.store.plan;
    // Bars move by themselves; anything else is drawn anew.
    const drawn = JSON.stringify([predictions.map((prediction) => [prediction.id, prediction.state, prediction.problem]), versions.length, this.store.draft.threads.length === 0, this.problem, this.store.saving === 'conflict']);
    for (const prediction of predictions) if (prediction.state === 'open') this.follow(prediction);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const open = predictions.filter((prediction) => prediction.state === 'open');
    const start = make('button', { type: 'button', id: 'predict', class: 'primary', disabled: this.store.draft.threads.length === 0 || this.store.saving === 'conflict', onclick: () => void this.start() }, text('course.start'));
    renderKept(this.host,
      make('p', { class: 'small quiet' }, text('course.about')),
      open.length === 0 && start,
      this.problem !== '' && make('p', { class: 'problem', role: 'alert', lang: languageOf(this.problem) }, this.problem),
      ...predictions.map((prediction) => (prediction.state === 'open' ? this.running(prediction) : this.ended(prediction))));
  }

  private running(prediction: PredictionState): HTMLElement {
    const bar = make('progress', { max: 1, value: prediction.fraction, id: `progress-${prediction.id}`, 'aria-label': text('course.running') });
    const step = make('span', { class: 'small quiet', lang: prediction.step ? languageOf(prediction.step) : null }, prediction.step || '…');
    this.progress.set(prediction.id, { bar, step });
    return make('div', { class: 'course-row', 'data-prediction': prediction.id, 'data-state': 'open' }, make('p', { class: 'course-title' }, text('course.of', prediction.version)), bar,
      make('div', { class: 'course-foot' }, step, make('button', { type: 'button', id: `cancel-${prediction.id}`, onclick: () => void this.cancel(prediction.id) }, text('course.cancel'))));
  }

  private ended(prediction: PredictionState): HTMLElement {
    const links = prediction.state !== 'done' ? [] : [
      make('a', { class: 'button', href: '#years', onclick: (event) => { event.preventDefault(); this.openYears(); } }, text('course.years')),
      make('a', { class: 'button', href: `/predictions/${prediction.id}/report` }, text('course.report')),
      make('a', { class: 'button', href: `/predictions/${prediction.id}/causes` }, text('course.causes')),
      make('a', { class: 'button', href: `/api/predictions/${prediction.id}/document?download`, download: 'prediction.json' }, text('course.document')),
      make('a', { class: 'button', href: `/api/predictions/${prediction.id}/surface.glb?day=0&course=treated`, download: 'day-0.glb' }, text('course.glb')),
    ];
    return make('div', { class: 'course-row', 'data-prediction': prediction.id, 'data-state': prediction.state },
      make('p', { class: 'course-title' }, text('course.of', prediction.version), make('span', { class: 'quiet small' }, ` · ${text(`course.${prediction.state}`)} · ${when(prediction.endedAt ?? prediction.createdAt, language)}`)),
      prediction.problem && make('p', { class: 'problem', lang: languageOf(prediction.problem) }, prediction.problem),
      make('div', { class: 'actions' }, ...links, make('button', { type: 'button', id: `remove-${prediction.id}`, class: 'quiet-button', onclick: () => void this.remove(prediction.id) }, text('course.remove'))));
  }

  private async start(): Promise<void> {
    this.problem = '';
    try {
      await this.store.save();
      await ask('POST', `/api/plans/${this.store.plan.id}/predictions`, { months: MONTHS });
      await this.store.refresh();
      this.say(text('said.started'));
    } catch (error) {
      this.fail(error);
    }
  }

  private async cancel(id: string): Promise<void> {
    try {
      await send('DELETE', `/api/predictions/${id}`);
    } catch (error) {
      this.fail(error);
    }
  }

  private async remove(id: string): Promise<void> {
    if (!confirm(text('course.removeSure'))) return;
    try {
      await send('DELETE', `/api/predictions/${id}`);
      await this.store.refresh();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.problem = error instanceof Refusal ? error.message : text('offline');
    this.render();
  }

  private follow(prediction: PredictionState): void {
    if (this.followed.has(prediction.id)) return;
    const following = follow(prediction.id, (status) => this.onStatus(prediction.id, status));
    this.followed.set(prediction.id, following);
    void following.over.then(async (status) => {
      this.followed.delete(prediction.id);
      this.progress.delete(prediction.id);
      await this.store.refresh().catch(() => {});
      this.say(text(status.state === 'done' ? 'said.done' : status.state === 'cancelled' ? 'said.cancelled' : 'said.failed'));
    });
  }

  private onStatus(id: string, status: JobStatus): void {
    const shown = this.progress.get(id);
    if (!shown) return;
    shown.bar.value = status.fraction;
    shown.step.textContent = `${status.step || '…'} · ${number(100 * status.fraction, 0)} %`;
  }
}
