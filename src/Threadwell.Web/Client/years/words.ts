// A course's numbers in words, the same on the page as in the report.
import { number, text } from '../shared/page';
import { bandAt, type Judged } from './apart';
import { firstBelow, type Course, type CourseNumbers, type Ensemble, type NumberBand, type ThreadCourse } from './document';
import { daysPerMonth, moment, valueAt } from './time';
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
  return `${percent > 0 ? '+' : ''}${number(percent, 0)}\u00a0%`;
}

/** "+0.23" or "−0.10", mm. */
export const signedMillimetres = (value: number): string => signed(value, 2);

/** A number with its sign; nought has none. */
export function signed(value: number, decimals: number): string {
  return `${Number(value.toFixed(decimals)) > 0 ? '+' : ''}${number(Number(value.toFixed(decimals)) === 0 ? 0 : value, decimals)}`;
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

export interface Tile extends Judged {
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
  const bands = course.document.ensemble;
  const lengths = (key: string, words: string, at: number, band: NumberBand | undefined): Tile => ({ key, words, at, band, value: millimetres(at), range: rangeWords(band, (value) => number(value, 1)) });
  const months = (key: string, words: string, of: keyof Ensemble['summary'] & keyof typeof summary): Tile => ({
    key, words, at: summary[of], band: bands?.summary[of], value: monthsWords(summary[of], course.end), range: rangeWords(bands?.summary[of], (value) => shortNumber(value, 1)),
  });
  const lastOf = (band: { low90: number[]; high90: number[] } | undefined): NumberBand | undefined => band && { low90: band.low90[band.low90.length - 1], high90: band.high90[band.high90.length - 1] };
  const gain = course.largestGain();
  return [
    {
      title: text('years.summary.lift'),
      what: text('years.summary.lift.what'),
      tiles: [
        lengths('now', text('years.tile.now'), summary.liftNowMm, bands?.summary.liftNowMm),
        months('half', text('years.tile.half'), 'liftHalfLifeMonths'),
        months('visible', text('years.tile.visible', shortNumber(summary.visibleThresholdMm, 2)), 'visibleLiftEndMonths'),
        months('measurable', text('years.tile.measurable', shortNumber(facts.measurableMm, 2)), 'liftEndMonths'),
      ],
    },
    {
      title: text('years.summary.support'),
      what: text('years.summary.support.what'),
      tiles: [
        { key: 'gain', words: text('years.tile.gain'), at: gain, band: bands?.summary.largestSupportGain, value: signedPercent(gain), range: rangeWords(bands?.summary.largestSupportGain, signedPercent) },
        months('gainHalf', text('years.tile.gainHalf'), 'supportHalfLifeMonths'),
        supportEnd(months('gainEnd', text('years.tile.gainEnd', number(100 * facts.supportMargin, 0)), 'supportEndMonths'), number(100 * facts.supportMargin, 0)),
      ],
    },
    {
      title: text('years.summary.zero'),
      what: text('years.summary.zero.what'),
      tiles: [
        months('back', text('years.tile.back'), 'backToDayZeroMonths'),
        lengths('endTreated', text('years.tile.endTreated'), course.treated[course.treated.length - 1], lastOf(bands?.meanPositionMm)),
        lengths('endUntreated', text('years.tile.endUntreated'), course.untreated[course.untreated.length - 1], lastOf(bands?.meanUntreatedMm)),
      ],
    },
  ];
}

/** The lift at a month in a number, with nine in ten of the possible courses in brackets. */
export function liftWords(course: Course, month: number, decimals: number): string {
  return judgedWords(liftAt(course, month), (value) => number(value, decimals));
}

/** A value with nine in ten of the possible courses in brackets. */
export function judgedWords({ at, band }: Judged & { at: number }, words: (value: number) => string): string {
  return [words(at), rangeWords(band, words)].filter(Boolean).join(' ');
}

/** The lift at a month, to be judged beside another. */
export function liftAt(course: Course, month: number): Judged & { at: number } {
  const curve = course.document.ensemble?.meanLiftMm;
  return { at: course.at(month).lift, band: curve && bandAt(curve, course.months, month) };
}

/** The support above the untreated course at a month, to be judged beside another: a share of day 0. */
export function gainAt(course: Course, month: number): Judged & { at: number } {
  const curve = course.document.ensemble?.supportGain ?? undefined;
  return { at: valueAt(course.gain, moment(course.months, month)), band: curve && bandAt(curve, course.months, month) };
}

/** How far one plan goes beyond another, with nine in ten of the pairs of courses in brackets. */
export function differenceWords({ at, low90, high90 }: { at: number; low90: number; high90: number }, words: (value: number) => string): string {
  return judgedWords({ at, band: { low90, high90 } }, words);
}

// A band in brackets; null at its end is a time beyond the months simulated, and where both are, the value says so itself.
function rangeWords(band: NumberBand | undefined, words: (value: number) => string): string | undefined {
  if (!band || band.low90 === null) return undefined;
  const [low, high] = [band.low90, band.high90].map((value) => (value === null ? text('years.band.never') : words(value)));
  return low === high ? text('years.band.same', low) : text('years.band', low, high);
}

// A gain that stays within the margin from the start has no end to name.
function supportEnd(tile: Tile, margin: string): Tile {
  return tile.at === 0 ? { ...tile, words: text('years.tile.gainNever'), value: text('years.never', margin), range: undefined } : tile;
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
