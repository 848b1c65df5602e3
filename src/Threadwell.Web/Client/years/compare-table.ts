// The two plans in tables: the summary, the threads, and the lift by month.
import { number, text } from '../shared/page';
import { toldApart, type Judged } from './apart';
import type { PlanDraft } from '../plan/types';
import { pathLength } from '../scene/vectors';
import type { Compared } from './compare-side';
import { shownMonths } from './course-chart';
import type { Course } from './document';
import { numberTable } from './controls';
import { make } from '../shared/dom';
import { languageOf, said } from '../shared/engine';
import type { CourseFacts } from './facts';
import { gainAt, judgedWords, liftAt, materialName, shortNumber, tiles, type Tile } from './words';

/** Summary numbers and threads of both, a row a question. */
export function compareTable(both: [Compared, Compared], facts: CourseFacts): HTMLElement {
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
      rows.push([`${group.title}: ${[...words].join(' / ')}`, tileWords(tiles[0]), tileWords(tiles[1]), tiles[0] && tiles[1] ? apartWords(toldApart(tiles[0], tiles[1])) : '']);
    }));
  const bare = both.filter(({ prediction }) => prediction && !prediction.course.document.ensemble).map(({ plan }) => plan.name);
  return make('div', { class: 'card', id: 'compare-table' },
    make('h2', {}, text('compare.table')),
    numberTable(text('compare.table'), [text('compare.table.what'), both[0].plan.name, both[1].plan.name, text('compare.table.apart')], rows, false),
    both.some(({ prediction }) => prediction?.course.document.ensemble) ? make('p', { class: 'quiet small' }, text('compare.bands')) : null,
    bare.length > 0 ? make('p', { class: 'quiet small' }, text('compare.noBands', bare.join(', '))) : null,
    make('h3', {}, text('compare.warnings')),
    make('div', { class: 'compare-warnings' }, ...both.map((side) => warnings(side))));
}

/** Lift and support of both by month: what the charts show, to be read. */
export function courseTables(both: [Compared, Compared]): HTMLElement | null {
  const courses = both.map(({ prediction }) => prediction?.course ?? null);
  const end = Math.max(...courses.map((course) => course?.end ?? 0));
  if (end === 0) return null;
  const table = (caption: string, of: (course: Course, month: number) => Judged & { at: number }, words: (value: number) => string): HTMLElement => {
    const row = (month: number): string[] => {
      const [a, b] = courses.map((course) => (course && month <= course.end + 1e-6 ? of(course, month) : null));
      return [shortNumber(month, 1), ...[a, b].map((value) => (value ? judgedWords(value, words) : '–')), a && b ? apartWords(toldApart(a, b)) : ''];
    };
    return numberTable(text(caption), [text('years.table.month'), both[0].plan.name, both[1].plan.name, text('compare.table.apart')], shownMonths(end).map(row));
  };
  return make('details', { class: 'chart-table' },
    make('summary', {}, text('years.table')),
    table('compare.tableLift', liftAt, (value) => number(value, 2)),
    table('compare.chart.support', gainAt, (value) => number(100 * value, 1)));
}

const tileWords = (tile: Tile | undefined): string => (tile ? [tile.value, tile.range].filter(Boolean).join(' ') : '–');

// Nothing where there are no bands to judge by.
const apartWords = (apart: boolean | null): string => (apart === null ? '' : text(apart ? 'compare.apart' : 'compare.alike'));

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
