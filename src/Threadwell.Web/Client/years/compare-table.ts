// The two plans in tables: the summary, the threads, and the lift by month.
import { number, text } from '../shared/page';
import type { PlanDraft } from '../plan/types';
import { pathLength } from '../scene/vectors';
import type { Compared } from './compare-side';
import { shownMonths } from './course-chart';
import { numberTable } from './controls';
import { make } from '../shared/dom';
import { languageOf, said } from '../shared/engine';
import type { CourseFacts } from './facts';
import { materialName, shortNumber, tiles } from './words';

/** Summary numbers and threads of both, a row a question. */
export function compareTable(both: [Compared, Compared], facts: CourseFacts): HTMLElement {
  const rows: [string, string, string][] = [
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
      rows.push([`${group.title}: ${[...words].join(' / ')}`, tiles[0]?.value ?? '–', tiles[1]?.value ?? '–']);
    }));
  return make('div', { class: 'card', id: 'compare-table' },
    make('h2', {}, text('compare.table')),
    numberTable(text('compare.table'), [text('compare.table.what'), both[0].plan.name, both[1].plan.name], rows, false),
    make('h3', {}, text('compare.warnings')),
    make('div', { class: 'compare-warnings' }, ...both.map((side) => warnings(side))));
}

/** Lift of both by month. */
export function liftTable(both: [Compared, Compared]): HTMLElement | null {
  const courses = both.map(({ prediction }) => prediction?.course ?? null);
  const end = Math.max(...courses.map((course) => course?.end ?? 0));
  if (end === 0) return null;
  const cell = (side: number, month: number): string => {
    const course = courses[side];
    return course && month <= course.end + 1e-6 ? number(course.at(month).lift, 2) : '–';
  };
  return make('details', { class: 'chart-table' },
    make('summary', {}, text('years.table')),
    numberTable(text('compare.tableLift'), [text('years.table.month'), both[0].plan.name, both[1].plan.name], shownMonths(end).map((month) => [shortNumber(month, 1), cell(0, month), cell(1, month)])));
}

// What was predicted, or what is drafted where nothing was.
const planOf = ({ prediction, plan }: Compared): PlanDraft => prediction?.plan ?? plan.draft;

function row(key: string, both: [Compared, Compared], value: (side: Compared) => string): [string, string, string] {
  return [text(key), value(both[0]), value(both[1])];
}

function warnings(side: Compared): HTMLElement {
  const found = [...new Set([...planOf(side).warnings, ...(side.prediction?.course.document.warnings ?? [])])];
  return make('div', {},
    make('h4', {}, side.plan.name),
    found.length > 0 ? make('ul', {}, ...found.map((warning) => make('li', { lang: languageOf(said(warning)) }, said(warning)))) : make('p', { class: 'quiet' }, text('compare.none')));
}
