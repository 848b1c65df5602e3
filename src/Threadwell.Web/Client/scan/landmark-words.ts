// Landmarks in words.
import { number, text } from '../shared/page';
import type { Vec3 } from '../scene/vectors';
import { partsOf, type LandmarkLook } from './landmark-state';

/** "Tragus, left". */
export function nameOf(name: string): string {
  const { base, side } = partsOf(name);
  const title = text(`landmark.${base}`);
  return side === null ? title : text('named', title, text(`side.${side}`));
}

/** What the landmark means, for somebody who has it before the eyes. */
export const definitionOf = (name: string): string => text(`landmark.${partsOf(name).base}.what`);

/** "Tragus, left: 63.1, −2.0, 11.5 mm". */
export const placeOf = (name: string, at: Vec3): string => text('moved', nameOf(name), number(at[0]), number(at[1]), number(at[2]));

/** A sign beside each word, so that nothing is told by colour alone. */
export const SIGNS: Record<LandmarkLook, string> = { clear: '✓', low: '!', missing: '○' };
