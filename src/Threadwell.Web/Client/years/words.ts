// A course's numbers in words, the same on the page as in the report.
import { number, text } from '../shared/page';
import { firstBelow, type Course, type CourseNumbers, type Ensemble, type NumberBand, type ThreadCourse } from './document';

import { daysPerMonth } from './time';
import type { CourseFacts, MonthsRange } from './facts';

/** A moment in the middle of a sentence: "day 45", "month 7". */
export function momentWords(month: number): string {
  const days = Math.round(month * daysPerMonth);
  if (days === 0) return text('years.at.zero');
  if (month < 2) return text('years.at.day', days);
  return text('years.at.month', shortNumber(month, month < 12 ? 1 : 0));
}

/** The same at the start of one. */
export function momentTitle(month: number): string {
  const words = momentWords(month);
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** A number without trailing zeros. */
export function shortNumber(value: number, decimals: number): string {
  let needed = 0;
  while (needed < decimals && Number(value.toFixed(needed)) !== Number(value.toFixed(decimals))) needed++;
  return number(value, needed);
}

/** "+2 %" or "−1 %". */
export function signedPercent(share: number): string {
  const percent = Math.round(100 * share);
  return `${percent > 0 ? '+' : ''}${number(percent, 0)} %`;
}

/** The values at a moment in one sentence. */
export function courseWords(numbers: CourseNumbers): string {
  return text('years.words', momentTitle(numbers.month), number(numbers.lift, 1), signedPercent(numbers.support - numbers.untreatedSupport));
}

/** What a lift of this size means to a viewer. */
export function liftLevel(liftMm: number, facts: CourseFacts, visibleMm: number): 'visible' | 'measurable' | 'none' {
  return Math.abs(liftMm) < facts.measurableMm ? 'none' : liftMm >= visibleMm ? 'visible' : 'measurable';
}

/** A landmark in words: "Jowl point, left". */
export function landmarkWords(name: string): string {
  const [base, side] = name.split('.');
  const found = text(`landmark.${base}`);
  const words = found.startsWith('[') ? base.replace(/-/g, ' ') : found;
  return side === 'left' ? text('years.left', words) : side === 'right' ? text('years.right', words) : words;
}

/** A time of the summary in months; null is "not within the months simulated", and 0 "from day 0 on". */
export function monthsWords(months: number | null, end: number): string {
  if (months === null) return text('years.months.never', shortNumber(end, 1));
  return months === 0 ? text('years.months.always') : text('years.months', shortNumber(months, 1));
}

/** Length with its unit. */
export const millimetres = (value: number): string => text('years.mm', number(value, 1));

export interface Tile {
  key: string;
  words: string;
  value: string;
  /** Nine in ten of the possible courses, in brackets. */
  range?: string;
}

export interface TileGroup {
  title: string;
  what: string;
  tiles: Tile[];
}

/** The rows of the summary. Lift, support and the state against day 0 are kept apart. */
export function tiles(course: Course, facts: CourseFacts): TileGroup[] {
  const summary = course.document.summary;
  const months = (value: number | null): string => monthsWords(value, course.end);
  const bands = course.document.ensemble;
  const monthsRange = (key: keyof Ensemble['summary']): string | undefined => rangeWords(bands?.summary[key], (value) => shortNumber(value, 1));
  const millimetreRange = (band: NumberBand | undefined): string | undefined => rangeWords(band, (value) => number(value, 1));
  const lastOf = (band: { low90: number[]; high90: number[] } | undefined): NumberBand | undefined => band && { low90: band.low90[band.low90.length - 1], high90: band.high90[band.high90.length - 1] };
  return [
    {
      title: text('years.summary.lift'),
      what: text('years.summary.lift.what'),
      tiles: [
        { key: 'now', words: text('years.tile.now'), value: millimetres(summary.liftNowMm), range: millimetreRange(bands?.summary.liftNowMm) },
        { key: 'half', words: text('years.tile.half'), value: months(summary.liftHalfLifeMonths), range: monthsRange('liftHalfLifeMonths') },
        { key: 'visible', words: text('years.tile.visible', shortNumber(summary.visibleThresholdMm, 2)), value: months(summary.visibleLiftEndMonths), range: monthsRange('visibleLiftEndMonths') },
        { key: 'measurable', words: text('years.tile.measurable', shortNumber(facts.measurableMm, 2)), value: months(summary.liftEndMonths), range: monthsRange('liftEndMonths') },
      ],
    },
    {
      title: text('years.summary.support'),
      what: text('years.summary.support.what'),
      tiles: [
        { key: 'gain', words: text('years.tile.gain'), value: signedPercent(course.largestGain()), range: rangeWords(bands?.summary.largestSupportGain, signedPercent) },
        { key: 'gainHalf', words: text('years.tile.gainHalf'), value: months(summary.supportHalfLifeMonths), range: monthsRange('supportHalfLifeMonths') },
        { ...supportEnd(summary.supportEndMonths, course.end, number(100 * facts.supportMargin, 0)), range: summary.supportEndMonths === 0 ? undefined : monthsRange('supportEndMonths') },
      ],
    },
    {
      title: text('years.summary.zero'),
      what: text('years.summary.zero.what'),
      tiles: [
        { key: 'back', words: text('years.tile.back'), value: months(summary.backToDayZeroMonths), range: monthsRange('backToDayZeroMonths') },
        { key: 'endTreated', words: text('years.tile.endTreated'), value: millimetres(course.treated[course.treated.length - 1]), range: millimetreRange(lastOf(bands?.meanPositionMm)) },
        { key: 'endUntreated', words: text('years.tile.endUntreated'), value: millimetres(course.untreated[course.untreated.length - 1]), range: millimetreRange(lastOf(bands?.meanUntreatedMm)) },
      ],
    },
  ];
}

// A band in brackets; null at its end is a time beyond the months simulated, and where both are, the value says so itself.
function rangeWords(band: NumberBand | undefined, words: (value: number) => string): string | undefined {
  if (!band || band.low90 === null) return undefined;
  const [low, high] = [band.low90, band.high90].map((value) => (value === null ? text('years.band.never') : words(value)));
  return low === high ? text('years.band.same', low) : text('years.band', low, high);
}

// A gain that stays within the margin from the start has no end to name.
function supportEnd(months: number | null, end: number, margin: string): Tile {
  return months === 0
    ? { key: 'gainEnd', words: text('years.tile.gainNever'), value: text('years.never', margin) }
    : { key: 'gainEnd', words: text('years.tile.gainEnd', margin), value: monthsWords(months, end) };
}

/** What sources say of how a material dissolves. */
export function dissolvingWords(material: string, range: MonthsRange | undefined): string {
  const name = materialName(material);
  if (!range) return text('years.dissolve.unknown', name);
  const years = range.lowMonths >= 24;
  const low = shortNumber(range.lowMonths / (years ? 12 : 1), 1);
  if (range.highMonths === null) return text('years.dissolve.least', name, shortNumber(range.lowMonths / 12, 1), range.source);
  return text(years ? 'years.dissolve.years' : 'years.dissolve.range', name, low, shortNumber(range.highMonths / (years ? 12 : 1), 1), range.source);
}

// Less than this share of the mass is "almost all gone".
const almostGone = 0.05;

/** What this prediction says of it. */
export function dissolvingHere(thread: ThreadCourse, months: number[]): string {
  const words = (values: number[], level: number): string => monthsWords(firstBelow(months, values, level), months[months.length - 1]);
  return text('years.dissolve.here', words(thread.strength, 0.5), words(thread.mass, 0.5), words(thread.mass, almostGone));
}

/** A polymer by its abbreviation. */
export const materialName = (material: string): string => material.toUpperCase();
