import type { Rgb } from './colour-scale';
import type { FlatShapes } from './flat-shapes';
import { add, alongPath, cross, pathLength, scale, subtract, unit, type Vec3 } from './vectors';

/** Barbs at equal distances: how far from the entry, and whether the free end faces the exit (1) or the entry (-1). */
export function barbPlaces(lengthMm: number, barbsPerCm: number, bidirectional: boolean): { at: number; towards: 1 | -1 }[] {
  const places: { at: number; towards: 1 | -1 }[] = [];
  if (barbsPerCm <= 0) return places;
  const spacing = 10 / barbsPerCm;
  // Both halves of a bidirectional thread face its middle; otherwise all face the entry, where the load is carried.
  for (let at = 0.5 * spacing; at < lengthMm; at += spacing) places.push({ at, towards: bidirectional && at < 0.5 * lengthMm ? 1 : -1 });
  return places;
}

/** A thread as it is drawn: its path under the skin, and directions out of the skin along it. */
export interface ThreadLine {
  /** Points under the skin, mm. */
  path: readonly Vec3[];
  /** Unit normal of the skin, one a point. */
  normals: readonly Vec3[];
  colour: Rgb;
  /** Half the width of the line as drawn, mm; threads are drawn thicker than they are, so that they can be seen. */
  radius: number;
  barbs: readonly { at: number; towards: 1 | -1 }[];
}

/** The line with its barbs: each barb two ticks beside the line, whose free ends show the direction in which it cannot be drawn. */
export function drawThread(shapes: FlatShapes, thread: ThreadLine): void {
  shapes.tube(thread.path, thread.radius, thread.colour);
  const length = pathLength(thread.path);
  for (const barb of thread.barbs) {
    if (barb.at > length) continue;
    const { point, direction } = alongPath(thread.path, barb.at);
    const normal = thread.normals[Math.min(thread.normals.length - 1, Math.round((barb.at / length) * (thread.normals.length - 1)))];
    const side = unit(cross(normal, direction));
    const ahead = scale(direction, barb.towards);
    for (const sense of [1, -1]) {
      const foot = add(point, scale(side, sense * 0.6 * thread.radius));
      const half = scale(ahead, 0.75 * thread.radius);
      const tip = add(point, add(scale(side, sense * (1.3 + 0.9 * thread.radius)), scale(ahead, 1.5)));
      shapes.triangle(subtract(foot, half), add(foot, half), tip, thread.colour);
    }
  }
}

/** The entry as a ring on the skin, the exit as a dot. */
export function drawEnds(shapes: FlatShapes, entry: Vec3, entryNormal: Vec3, exit: Vec3, exitNormal: Vec3, size: number, colour: Rgb): void {
  shapes.ring(add(entry, scale(entryNormal, 0.4)), entryNormal, 0.62 * size, size, colour);
  shapes.ring(add(exit, scale(exitNormal, 0.4)), exitNormal, 0, 0.62 * size, colour);
}
