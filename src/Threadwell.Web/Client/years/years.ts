// The Years tab of the plan page.
import { follow, send, type JobStatus } from '../shared/api';
import { facts, language, number, text } from '../shared/page';
import type { PredictionState, Scan } from '../plan/types';
import { CourseView } from './course-view';
import { selectBox } from './controls';
import { make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { CourseFacts } from './facts';
import { fetchPrediction, firstToShow } from './prediction';

/** What the Years tab gets from the plan page. */
export interface YearsContext {
  scan: Scan;
  predictions(): PredictionState[];
  refresh(): Promise<void>;
}

/** The mounted tab. */
export interface YearsTab {
  /** Looks at the plan's predictions again: to be called when one was started, ended or removed. */
  update(): void;
}

/** Fills the Years tab. Its pictures are its own; it looks at the predictions again whenever it becomes visible. */
export function mountYears(host: HTMLElement, context: YearsContext): YearsTab {
  const tab = new Years(host, context);
  tab.update();
  return tab;
}

class Years implements YearsTab {
  private readonly body = make('div', { class: 'years-body' });
  private readonly choice = make('div', { class: 'years-choice' });
  private shown = '';
  private chosen: string | null = null;
  private view: CourseView | null = null;
  private following: { id: string; stop: () => void } | null = null;
  private visible = false;

  constructor(host: HTMLElement, private readonly context: YearsContext) {
    host.classList.add('years');
    host.append(this.choice, this.body);
    new ResizeObserver(() => {
      const visible = host.clientWidth > 0;
      if (visible && !this.visible) void context.refresh().finally(() => this.update());
      this.visible = visible;
    }).observe(host);
  }

  update(): void {
    const predictions = this.context.predictions();
    const known = predictions.find((state) => state.id === this.chosen);
    const state = known ?? firstToShow(predictions);
    this.drawChoice(predictions, state);
    // The same state of the same prediction stays as it stands.
    const key = state ? `${state.id} ${state.state}` : 'none';
    if (key === this.shown) return;
    this.shown = key;
    this.view?.dispose();
    this.view = null;
    if (!state) this.tell('years.none', text('years.none.next'));
    else if (state.state === 'done') void this.open(state);
    else if (state.state === 'open') this.wait(state);
    else if (state.state === 'failed') this.tell('years.failed', text('years.failed.next'), state.problem);
    else this.tell('years.cancelled', text('years.cancelled.next'));
  }

  private async open(state: PredictionState): Promise<void> {
    const key = this.shown;
    this.body.replaceChildren(make('p', { class: 'quiet', role: 'status' }, text('years.loading')));
    try {
      const prediction = await fetchPrediction(state);
      if (this.shown !== key) return;
      const view = new CourseView(prediction, this.context.scan, facts<{ ranges: CourseFacts }>().ranges);
      this.view = view;
      this.body.replaceChildren(view.element);
      await view.draw();
    } catch (error) {
      if (this.shown !== key) return;
      const again = make('button', { type: 'button' }, text('years.retry'));
      again.addEventListener('click', () => {
        this.shown = '';
        this.update();
      });
      this.body.replaceChildren(make('p', { class: 'problem', role: 'alert' }, text('years.problem', error instanceof Error ? error.message : String(error))), again);
    }
  }

  private wait(state: PredictionState): void {
    const bar = make('progress', { max: 1, value: state.fraction, 'aria-label': text('years.running') });
    const step = make('p', { class: 'quiet number' }, stepWords(state.fraction, state.step));
    const cancel = make('button', { type: 'button' }, text('years.cancel'));
    cancel.addEventListener('click', () => void send('DELETE', `/api/predictions/${state.id}`));
    this.body.replaceChildren(make('div', { class: 'card years-message' }, make('h2', {}, text('years.running')), bar, step, cancel));
    if (this.following?.id === state.id) return;
    this.following?.stop();
    const { over, stop } = follow(state.id, (status: JobStatus) => {
      bar.value = status.fraction;
      step.textContent = stepWords(status.fraction, status.step);
    });
    this.following = { id: state.id, stop };
    void over.then(async () => {
      this.following = null;
      await this.context.refresh();
      this.update();
    });
  }

  private tell(title: string, next: string, problem: string | null = null): void {
    this.body.replaceChildren(make('div', { class: 'card years-message' }, make('h2', {}, text(title)), make('p', {}, next), problem ? make('p', { class: 'problem', lang: languageOf(problem) }, problem) : null));
  }

  private drawChoice(predictions: PredictionState[], shown: PredictionState | undefined): void {
    if (predictions.length < 2 || !shown) {
      this.choice.replaceChildren();
      return;
    }

    const dates = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeStyle: 'short' });
    const options = [...predictions].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).map((state) => ({
      value: state.id,
      words: text(state.state === 'done' ? 'years.prediction.option' : `years.prediction.${state.state}`, number(state.version, 0), dates.format(new Date(state.createdAt))),
    }));
    this.choice.replaceChildren(selectBox(text('years.prediction'), options, shown.id, (id) => {
      this.chosen = id;
      this.update();
    }).element);
  }
}

const stepWords = (fraction: number, step: string): string => text('years.running.step', number(100 * fraction, 0), step);
