import type { HeadScene } from '../scene/head-scene';
import type { Vec3 } from '../scene/vectors';
import type { PlanDraft } from './types';

// Threads of these areas run towards the ear: from three quarters both their ends are seen.
const FROM_THREE_QUARTERS = ['jawline', 'nasolabial', 'neck'];

// What lies further below or above the planned area than this is left out, mm.
const BELOW_MM = 45;
const ABOVE_MM = 170;

/** Turns the scan to where the plan works, with the face round it. */
export function firstLook(scene: HeadScene, draft: PlanDraft): void {
  const places = [...draft.threads.flatMap((thread) => thread.path), ...draft.landmarks.filter((landmark) => draft.targets.some((target) => target.landmark === landmark.name)).map((landmark) => landmark.position)];
  if (places.length === 0) return;
  const low = Math.min(...places.map((place) => place[1])) - BELOW_MM;
  const high = Math.max(...places.map((place) => place[1])) + ABOVE_MM;
  const { positions } = scene;
  const frame: Vec3[] = [];
  for (let at = 0; at < positions.length; at += 3 * 16) {
    if (positions[at + 1] > low && positions[at + 1] < high) frame.push([positions[at], positions[at + 1], positions[at + 2]]);
  }
  scene.look(FROM_THREE_QUARTERS.includes(draft.area) ? 'obliqueLeft' : 'front', frame);
}
