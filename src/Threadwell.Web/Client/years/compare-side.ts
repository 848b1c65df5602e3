// One of the two plans on the comparison page: what is known of it, and its picture.
import { ask, Refusal } from '../shared/api';
import { learn } from '../shared/engine';
import { text } from '../shared/page';
import type { Plan, PredictionState, Scan } from '../plan/types';
import { make } from '../shared/dom';
import type { Difference } from './difference';
import type { Colouring, Motion } from './motion';
import { firstView, frameOf, Pane } from './pane';
import { fetchPrediction, firstToShow, type Prediction } from './prediction';
import type { ColourScale } from '../scene/colour-scale';
import { HeadScene } from '../scene/head-scene';
import { mostCollagen } from './threads-in-tissue';
import { momentWords } from './words';
import { number } from '../shared/page';

/** Everything about a plan that is compared; without a prediction where none is done. */
export interface Compared {
  plan: Plan;
  scan: Scan;
  prediction: Prediction | null;
  /** A course that is being computed; null where one is done or none was asked for. */
  running: PredictionState | null;
}

/** Fetches a plan with its newest finished course; null where there is no such plan. */
export async function fetchCompared(id: string): Promise<Compared | null> {
  try {
    const plan = await ask<Plan>('GET', `/api/plans/${encodeURIComponent(id)}`);
    const scan = await ask<Scan>('GET', `/api/scans/${plan.scanId}`);
    const state = firstToShow(plan.predictions);
    await learn(plan.draft.warnings);
    return { plan, scan, prediction: state?.state === 'done' ? await fetchPrediction(state) : null, running: state?.state === 'open' ? state : null };
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
}

/** How far one goes beyond the other, course by course; null where they are not of one scan, or not drawn alike. */
export async function fetchDifference({ prediction: first, scan }: Compared, { prediction: second, scan: other }: Compared): Promise<Difference | null> {
  if (!first?.course.document.ensemble || !second?.course.document.ensemble || scan.id !== other.id) return null;
  return (await ask<Difference | undefined>('GET', `/api/predictions/${first.state.id}/difference/${second.state.id}`)) ?? null;
}

/** The picture of one side, with its heading. */
export class CompareSide {
  readonly element: HTMLElement;
  motion: Motion | null = null;
  private readonly pane: Pane | null;
  private readonly progress = make('p', { class: 'number' });

  constructor(readonly compared: Compared, name: 'a' | 'b') {
    const { plan, scan, prediction, running } = compared;
    this.pane = prediction && HeadScene.supported() ? new Pane(scan, (caption) => text('years.pane.label', `${plan.name}, ${caption}`)) : null;
    const picture = this.pane?.element
      ?? (prediction
        ? make('img', { class: 'stage-flat', src: `/api/predictions/${prediction.state.id}/lift.png`, alt: text('years.flat.alt') })
        : make('div', { class: 'compare-empty' },
            running ? this.progress : make('p', {}, text('compare.noCourse')),
            running ? null : make('p', {}, make('a', { class: 'button primary', href: `/plans/${plan.id}#years` }, text('compare.noCourse.open')))));
    if (running) this.setProgress(running.fraction);
    this.element = make('section', { class: 'compare-side', 'data-side': name },
      make('h2', {}, make('span', { class: `compare-key compare-key-${name}`, 'aria-hidden': true }), make('a', { href: `/plans/${plan.id}` }, plan.name)),
      make('p', { class: 'quiet small' }, scan.name),
      make('div', { class: 'stage-picture' }, picture));
  }

  get head(): HeadScene | null {
    return this.pane?.head ?? null;
  }

  /** Loads surface and course, and looks at the treated region. */
  async load(most: number): Promise<void> {
    const { prediction, scan } = this.compared;
    if (!this.pane || !prediction) return;
    this.motion = await this.pane.setPrediction(prediction, most);
    this.pane.head?.look(firstView(scan, prediction), frameOf(this.motion));
  }

  /** Tells how far a course has come that is being computed. */
  setProgress(fraction: number): void {
    this.progress.textContent = text('compare.running', number(100 * fraction, 0));
  }

  show(month: number, colouring: Colouring, scale: ColourScale | null): void {
    this.pane?.setCaption(momentWords(month));
    this.pane?.show({ subject: 'treated', month, colouring, scale, factor: 1, threads: true });
  }
}

/** Most collagen of both, so that bands of the two can be compared. */
export const mostCollagenOf = (all: Compared[]): number => Math.max(0, ...all.map(({ prediction }) => (prediction ? mostCollagen(prediction.course.document.threads) : 0)));
