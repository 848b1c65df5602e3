// Whether two plans can be told apart by a number, given how far other courses of each go.
import type { CurveBand, NumberBand } from './document';
import { moment, valueAt } from './time';

/** A number of a course with its band; null is "beyond the time simulated", later than any month. */
export interface Judged {
  at: number | null;
  band?: NumberBand;
}

/** False where both values are the same or either lies inside the band of the other, null where a side has no band to judge by. */
export function toldApart(a: Judged, b: Judged): boolean | null {
  if (!a.band || !b.band) return null;
  return a.at !== b.at && !inside(a.at, b.band) && !inside(b.at, a.band);
}

/** Nine in ten of the courses at a month, linear between stored times. */
export function bandAt(band: CurveBand, months: number[], month: number): { low90: number; high90: number } {
  const at = moment(months, month);
  return { low90: valueAt(band.low90, at), high90: valueAt(band.high90, at) };
}

function inside(value: number | null, { low90, high90 }: NumberBand): boolean {
  const [at, low, high] = [value, low90, high90].map((number) => number ?? Infinity);
  return at >= low && at <= high;
}
