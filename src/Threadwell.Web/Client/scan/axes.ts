// Axes of a scan's file, and how they change when the scan is turned.
import { cross, scale, type Vec3 } from '../scene/vectors';

/** The file's axes that point up and to the front, as '+y'. */
export interface Reading {
  up: string;
  front: string;
}

export type Turn = 'left' | 'right' | 'forward' | 'backward' | 'clockwise' | 'counter';

function vectorOf(axis: string): Vec3 {
  const sign = axis.startsWith('-') ? -1 : 1;
  return [axis[1] === 'x' ? sign : 0, axis[1] === 'y' ? sign : 0, axis[1] === 'z' ? sign : 0];
}

function nameOf(vector: Vec3): string {
  const index = vector.findIndex((part) => part !== 0);
  return `${vector[index] < 0 ? '-' : '+'}${'xyz'[index]}`;
}

/** Whether the two axes stand at right angles. */
export const fits = ({ up, front }: Reading): boolean => up[1] !== front[1];

/** The reading under which the scan is seen turned by 90°: what pointed to one side now points to the next. */
export function turned({ up, front }: Reading, turn: Turn): Reading {
  const u = vectorOf(up);
  const f = vectorOf(front);
  const left = cross(u, f);
  const [nextUp, nextFront] = ({
    // What was the front is now the patient's left.
    left: [u, scale(left, -1)],
    right: [u, left],
    // What was up is now the front.
    forward: [scale(f, -1), u],
    backward: [f, scale(u, -1)],
    // What was up is now the patient's right.
    clockwise: [left, f],
    counter: [scale(left, -1), f],
  } satisfies Record<Turn, [Vec3, Vec3]>)[turn];
  return { up: nameOf(nextUp), front: nameOf(nextFront) };
}
