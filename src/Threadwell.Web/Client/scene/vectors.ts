// Small vectors in the patient frame: mm, +x the patient's left, +y up, +z front.

/** A point or direction, mm. */
export type Vec3 = readonly [number, number, number];

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const norm = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);
export const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
export const blend = (a: Vec3, b: Vec3, t: number): Vec3 => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];

/** The unit vector along a; the zero vector stays. */
export function unit(a: Vec3): Vec3 {
  const length = norm(a);
  return length > 0 ? scale(a, 1 / length) : a;
}

/** Length of a line through points, mm. */
export function pathLength(path: readonly Vec3[]): number {
  let length = 0;
  for (let index = 1; index < path.length; index++) length += distance(path[index - 1], path[index]);
  return length;
}

/** The point at a distance from the start of a line, and its direction there. */
export function alongPath(path: readonly Vec3[], at: number): { point: Vec3; direction: Vec3 } {
  let left = at;
  for (let index = 1; index < path.length; index++) {
    const piece = distance(path[index - 1], path[index]);
    if (left <= piece || index === path.length - 1) {
      return { point: blend(path[index - 1], path[index], piece > 0 ? Math.min(1, Math.max(0, left / piece)) : 0), direction: unit(subtract(path[index], path[index - 1])) };
    }
    left -= piece;
  }
  return { point: path[0], direction: [0, 0, 0] };
}

/** Distance from a point to the nearest point of a line, mm. */
export function distanceToPath(point: Vec3, path: readonly Vec3[]): number {
  if (path.length === 1) return distance(point, path[0]);
  let best = Infinity;
  for (let index = 1; index < path.length; index++) {
    const a = path[index - 1];
    const along = subtract(path[index], a);
    const squared = dot(along, along);
    const t = squared > 0 ? Math.min(1, Math.max(0, dot(subtract(point, a), along) / squared)) : 0;
    best = Math.min(best, distance(point, add(a, scale(along, t))));
  }
  return best;
}
