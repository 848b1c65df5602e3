// The two plans in tables: the summary, the threads, and the lift by month.
import { number, text } from '../shared/page';
import { toldApart, type Judged } from './apart';
import type { PlanDraft } from '../plan/types';
import { pathLength } from '../scene/vectors';
import type { Compared } from './compare-side';
import { shownMonths } from './course-chart';
import { differenceAt, goesOneWay, type Difference, type DifferenceCurve, type Odds } from './difference';
import type { Course, Ensemble } from './document';
import { numberTable } from './controls';
import { make } from '../shared/dom';
import { languageOf, said } from '../shared/engine';
import type { CourseFacts } from './facts';
import { differenceWords, gainAt, judgedWords, liftAt, materialName, shortNumber, signed, tiles, type Tile } from './words';

/** Summary numbers and threads of both, a row a question. */
export function compareTable(both: [Compared, Compared], difference: Difference | null, facts: CourseFacts): HTMLElement {
  const rows: string[][] = [
    row('compare.scan', both, ({ scan }) => scan.name),
    row('compare.area', both, (side) => text(`compare.area.${planOf(side).area}`)),
    row('compare.threads', both, (side) => number(planOf(side).threads.length, 0)),
    row('compare.materials', both, (side) => [...new Set(planOf(side).threads.map((thread) => materialName(thread.material)))].join(', ') || '–'),
    row('compare.length', both, (side) => text('years.mm', number(planOf(side).threads.reduce((sum, thread) => sum + pathLength(thread.path), 0), 0))),
    row('compare.slipped', both, ({ prediction }) => (prediction ? number(prediction.course.document.threads.reduce((sum, thread) => sum + (thread.slippedBarbs.at(-1) ?? 0), 0), 0) : '–')),
  ];
  const groups = both.map(({ prediction }) => (prediction ? tiles(prediction.course, facts) : null));
  (groups[0] ?? groups[1])?.forEach((group, index) =>
    group.tiles.forEach((_, place) => {
      const tiles = groups.map((all) => all?.[index].tiles[place]);
      const words = new Set(tiles.flatMap((tile) => (tile ? [tile.words] : [])));
      rows.push([`${group.title}: ${[...words].join(' / ')}`, tileWords(tiles[0]), tileWords(tiles[1]), tiles[0] && tiles[1] ? tilesApart(both, difference, tiles[0], tiles[1]) : '']);
    }));
  const bare = both.filter(({ prediction }) => prediction && !prediction.course.document.ensemble).map(({ plan }) => plan.name);
  return make('div', { class: 'card', id: 'compare-table' },
    make('h2', {}, text('compare.table')),
    numberTable(text('compare.table'), [text('compare.table.what'), both[0].plan.name, both[1].plan.name, text(difference ? 'compare.table.odds' : 'compare.table.apart')], rows, false),
    both.some(({ prediction }) => prediction?.course.document.ensemble) ? make('p', { class: 'quiet small' }, difference ? text('compare.paired', difference.courses) : text('compare.bands')) : null,
    bare.length > 0 ? make('p', { class: 'quiet small' }, text('compare.noBands', bare.join(', '))) : null,
    make('h3', {}, text('compare.warnings')),
    make('div', { class: 'compare-warnings' }, ...both.map((side) => warnings(side))));
}

/** Lift and support of both by month: what the charts show, to be read. */
export function courseTables(both: [Compared, Compared], difference: Difference | null): HTMLElement | null {
  const courses = both.map(({ prediction }) => prediction?.course ?? null);
  const end = Math.max(...courses.map((course) => course?.end ?? 0));
  if (end === 0) return null;
  const table = (caption: string, curve: DifferenceCurve, of: (course: Course, month: number) => Judged & { at: number }, decimals: number, times = 1): HTMLElement => {
    const words = (value: number): string => number(times * value, decimals);
    const monthApart = (month: number, a: Judged, b: Judged): string => {
      const apart = difference && differenceAt(difference, curve, month);
      if (!apart) return difference ? '–' : apartWords(toldApart(a, b));
      const told = differenceWords(apart, (value) => signed(times * value, decimals));
      return goesOneWay(apart) || apart.low90 === apart.high90 ? told : text('compare.odds.alike', told);
    };
    const row = (month: number): string[] => {
      const [a, b] = courses.map((course) => (course && month <= course.end + 1e-6 ? of(course, month) : null));
      return [shortNumber(month, 1), ...[a, b].map((value) => (value ? judgedWords(value, words) : '–')), a && b ? monthApart(month, a, b) : ''];
    };
    const last = difference ? text('compare.table.difference', both[0].plan.name, both[1].plan.name) : text('compare.table.apart');
    return numberTable(text(caption), [text('years.table.month'), both[0].plan.name, both[1].plan.name, last], shownMonths(end).map(row));
  };
  return make('details', { class: 'chart-table' },
    make('summary', {}, text('years.table')),
    table('compare.tableLift', 'lift', liftAt, 2),
    table('compare.chart.support', 'gain', gainAt, 1, 100));
}

const tileWords = (tile: Tile | undefined): string => (tile ? [tile.value, tile.range].filter(Boolean).join(' ') : '–');

// Nothing where there are no bands to judge by.
const apartWords = (apart: boolean | null): string => (apart === null ? '' : text(apart ? 'compare.apart' : 'compare.alike'));

// The number of the summary behind a tile; the positions at the end have none.
const numberOf: Record<string, keyof Ensemble['summary']> = {
  now: 'liftNowMm', half: 'liftHalfLifeMonths', visible: 'visibleLiftEndMonths', measurable: 'liftEndMonths',
  gain: 'largestSupportGain', gainHalf: 'supportHalfLifeMonths', gainEnd: 'supportEndMonths', back: 'backToDayZeroMonths',
};

function tilesApart(both: [Compared, Compared], difference: Difference | null, a: Tile, b: Tile): string {
  if (!difference) return apartWords(toldApart(a, b));
  const key = numberOf[a.key];
  return key ? oddsWords(difference.summary[key], [both[0].plan.name, both[1].plan.name]) : '';
}

// What was predicted, or what is drafted where nothing was.
const planOf = ({ prediction, plan }: Compared): PlanDraft => prediction?.plan ?? plan.draft;

function row(key: string, both: [Compared, Compared], value: (side: Compared) => string): string[] {
  return [text(key), value(both[0]), value(both[1]), ''];
}

function warnings(side: Compared): HTMLElement {
  const found = [...new Set([...planOf(side).warnings, ...(side.prediction?.course.document.warnings ?? [])])];
  return make('div', {},
    make('h4', {}, side.plan.name),
    found.length > 0 ? make('ul', {}, ...found.map((warning) => make('li', { lang: languageOf(said(warning)) }, said(warning)))) : make('p', { class: 'quiet' }, text('compare.none')));
}

// Beyond nine in ten on both sides: one of twenty at the end of a band.
const toldApartFrom = 0.95;

// Which plan has the larger number, and in how many of a hundred courses.
function oddsWords({ first, second }: Odds, names: [string, string]): string {
  const more = Math.max(first, second);
  if (more === 0) return text('compare.same');

  // Whole ones only: 94.5 is not yet the 95 from which two are told apart.
  const words = text('compare.odds', names[first >= second ? 0 : 1], Math.floor(100 * more + 1e-9));
  return more >= toldApartFrom ? words : text('compare.odds.alike', words);
}
