// Time of a course: months, stored times, and how fast the five years are shown.

/** Days in a month: a twelfth of a Julian year, as the server counts. */
export const daysPerMonth = 365.25 / 12;

/** A moment between two stored times: value = (1 - share) * [before] + share * [after]. */
export interface Moment {
  before: number;
  after: number;
  share: number;
}

/** Finds a moment among rising times; outside them the nearer end holds. */
export function moment(times: ArrayLike<number>, time: number): Moment {
  const last = times.length - 1;
  if (!(time > times[0])) return { before: 0, after: 0, share: 0 };
  if (time >= times[last]) return { before: last, after: last, share: 0 };
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return { before: low, after: high, share: (time - times[low]) / (times[high] - times[low]) };
}

/** A list over the stored times, read off linearly at a moment. */
export function valueAt(values: ArrayLike<number>, at: Moment): number {
  return values[at.before] + at.share * (values[at.after] - values[at.before]);
}

// At 2.5 the first half year takes three of ten parts of the way, the last year less than one.
const bend = 2.5;

/** Month shown at a place on the way, 0 to 1. It rises evenly bent, so that the first months, in which most happens, get the room they need. */
export function monthAt(place: number, end: number): number {
  const on = Math.min(Math.max(place, 0), 1);
  return (end * Math.expm1(bend * on)) / Math.expm1(bend);
}

/** Place on the way, 0 to 1, at which a month is shown; the inverse of monthAt. */
export function placeOf(month: number, end: number): number {
  const share = Math.min(Math.max(month / end, 0), 1);
  return Math.log1p(share * Math.expm1(bend)) / bend;
}

/** Months to mark on a way to the end: close ones first, then years. */
export function marks(end: number): number[] {
  const all = [0, 1, 3, 6, 12, 24, 36, 48, 60, 84, 120].filter((month) => month <= end);
  return all[all.length - 1] === end ? all : [...all, end];
}
