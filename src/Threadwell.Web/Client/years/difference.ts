// How far the courses of one plan go beyond those of another, course by course (docs/api.md).
import type { CurveBand, Ensemble } from './document';
import { daysPerMonth, moment, valueAt } from './time';

/** Shares of the pairs in which either plan has the larger number; what is left are pairs with the same. */
export interface Odds {
  first: number;
  second: number;
}

/** The first plan less the second; lengths mm, gains a share of day 0. */
export interface Difference {
  courses: number;
  timesDays: number[];
  liftMm: number[];
  liftBandMm: CurveBand;
  supportGain: number[];
  supportGainBand: CurveBand;
  summary: Record<keyof Ensemble['summary'], Odds>;
}

/** Which of a difference's curves. */
export type DifferenceCurve = 'lift' | 'gain';

/** The difference at a month with its band; null beyond the months that both have. */
export function differenceAt(difference: Difference, curve: DifferenceCurve, month: number): { at: number; low90: number; high90: number } | null {
  const { timesDays, liftMm, liftBandMm, supportGain, supportGainBand } = difference;
  const days = month * daysPerMonth;
  if (days > timesDays[timesDays.length - 1] + 1e-6) return null;
  const at = moment(timesDays, days);
  const [values, band] = curve === 'lift' ? [liftMm, liftBandMm] : [supportGain, supportGainBand];
  return { at: valueAt(values, at), low90: valueAt(band.low90, at), high90: valueAt(band.high90, at) };
}

/** Whether the difference goes one way in all but one of twenty courses. */
export const goesOneWay = ({ low90, high90 }: { low90: number; high90: number }): boolean => low90 > 0 || high90 < 0;
