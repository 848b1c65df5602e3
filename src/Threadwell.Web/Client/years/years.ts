import type { HeadScene } from '../scene/head-scene';
import type { PlanDraft, PredictionState, Scan } from '../plan/types';

/** What the Years tab gets from the plan page. */
export interface YearsContext {
  planId: string;
  scan: Scan;
  scene: HeadScene;
  plan(): PlanDraft;
  predictions(): PredictionState[];
  refresh(): Promise<void>;
}

/** Fills the Years tab. */
export function mountYears(_host: HTMLElement, _context: YearsContext): void {}
