// A prediction with what its pages need: the numbers, the moving skin, and the plan that was predicted.
import { ask, send } from '../shared/api';
import { learn } from '../shared/engine';
import type { PlanDraft, PredictionState } from '../plan/types';
import { Course, type PredictionDocument } from './document';
import { parseFields, type Fields } from './fields';
import type { Target } from './motion';

export interface Prediction {
  state: PredictionState;
  course: Course;
  fields: Fields;
  /** The version of the plan that was predicted. */
  plan: PlanDraft;
}

/** Fetches a finished prediction; throws a Refusal or an Error with what is wrong. */
export async function fetchPrediction(state: PredictionState, signal?: AbortSignal): Promise<Prediction> {
  const [document, fields, plan] = await Promise.all([
    ask<PredictionDocument>('GET', `/api/predictions/${state.id}/document`, undefined, signal),
    send('GET', `/api/predictions/${state.id}/fields`, undefined, signal).then((answer) => answer.arrayBuffer()).then(parseFields),
    ask<PlanDraft>('GET', `/api/plans/${state.planId}/versions/${state.version}`, undefined, signal),
  ]);
  await learn([...plan.warnings, ...document.warnings]);
  return { state, course: new Course(document), fields, plan };
}

/** Planned directions at the landmarks of a plan. */
export function targetsOf(plan: PlanDraft): Target[] {
  return plan.targets.flatMap(({ landmark, vector }) => {
    const found = plan.landmarks.find((candidate) => candidate.name === landmark);
    return found ? [{ position: found.position, vector }] : [];
  });
}

/** The prediction to open first: the newest that is done, else the newest. */
export function firstToShow(predictions: PredictionState[]): PredictionState | undefined {
  const newest = [...predictions].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return newest.find((state) => state.state === 'done') ?? newest[0];
}
