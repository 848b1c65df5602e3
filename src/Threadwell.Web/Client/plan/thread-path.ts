// How a thread runs over the skin. A path is what the plan file holds: points on the skin above the thread, entry first.
import type { SkinSearch } from '../scene/skin-search';
import { add, alongPath, blend, distance, dot, norm, pathLength, scale, subtract, unit, type Vec3 } from '../scene/vectors';
import type { Landmark } from './types';

const STEP_MM = 4;
const SEARCH_MM = 45;

// A path whose middle lies nearer to the straight one than this is straight.
const STRAIGHT_MM = 1;

/**
 * The path over the skin from entry to exit: the straight chord, sampled every 4 mm and carried to the skin along the mean normal of its ends. A bend moves
 * its middle by a vector and tapers to nothing at the ends.
 */
export function skinPath(search: SkinSearch, entry: Vec3, exit: Vec3, bend: Vec3 = [0, 0, 0]): Vec3[] {
  const start = search.nearest(entry);
  const end = search.nearest(exit);
  const out = unit(add(start.normal, end.normal));
  const pieces = Math.max(2, Math.ceil((distance(start.point, end.point) + 0.5 * norm(bend)) / STEP_MM));
  const path: Vec3[] = [start.point];
  for (let piece = 1; piece < pieces; piece++) {
    const t = piece / pieces;
    const chord = add(blend(start.point, end.point, t), scale(bend, 4 * t * (1 - t)));
    path.push((search.along(chord, out, SEARCH_MM) ?? search.nearest(chord)).point);
  }
  path.push(end.point);
  return path;
}

/** The middle of a path by length. */
export function middle(path: readonly Vec3[]): Vec3 {
  return alongPath(path, 0.5 * pathLength(path)).point;
}

/** How far a path's middle was moved from the straight path's, over the skin; nothing where it is as good as straight. */
export function bendOf(search: SkinSearch, path: readonly Vec3[]): Vec3 {
  const straight = middle(skinPath(search, path[0], path[path.length - 1]));
  const along = unit(subtract(path[path.length - 1], path[0]));
  const away = subtract(middle(path), straight);
  const across = subtract(away, scale(along, dot(away, along)));
  return norm(across) < STRAIGHT_MM ? [0, 0, 0] : across;
}

/** The path with its entry or exit moved; its bend stays. */
export function withEnd(search: SkinSearch, path: readonly Vec3[], end: 'entry' | 'exit', to: Vec3): Vec3[] {
  const bend = bendOf(search, path);
  return end === 'entry' ? skinPath(search, to, path[path.length - 1], bend) : skinPath(search, path[0], to, bend);
}

/** The path with its middle moved. */
export function withMiddle(search: SkinSearch, path: readonly Vec3[], to: Vec3): Vec3[] {
  const entry = path[0];
  const exit = path[path.length - 1];
  const away = subtract(to, middle(skinPath(search, entry, exit)));
  return skinPath(search, entry, exit, away);
}

/** The whole path moved over the skin. */
export function moved(search: SkinSearch, path: readonly Vec3[], by: Vec3): Vec3[] {
  const bend = bendOf(search, path);
  return skinPath(search, add(path[0], by), add(path[path.length - 1], by), bend);
}

/** x of the midline plane: the mean of the midline landmarks. */
export function midline(landmarks: readonly Landmark[]): number {
  const middles = landmarks.filter((landmark) => ['pogonion', 'menton', 'sternal-notch', 'xiphoid', 'umbilicus'].includes(landmark.name));
  return middles.reduce((sum, landmark) => sum + landmark.position[0] / middles.length, 0);
}

/** The path on the other side, on the skin there. */
export function mirrored(search: SkinSearch, path: readonly Vec3[], midlineX: number): Vec3[] {
  const across = (point: Vec3): Vec3 => [2 * midlineX - point[0], point[1], point[2]];
  const [bx, by, bz] = bendOf(search, path);
  return skinPath(search, across(path[0]), across(path[path.length - 1]), [-bx, by, bz]);
}
