// The chart of one course: lift and support over months beside the untreated course, with a table of the same numbers.
import { number, text } from '../shared/page';
import { ChartPanel, type Band, type Spread } from './chart-panel';
import { numberTable } from './controls';
import { make } from '../shared/dom';
import type { Course, CurveBand } from './document';
import type { CourseFacts } from './facts';
import { moment, valueAt } from './time';
import { landmarkWords, shortNumber } from './words';

// Months of the tables; those beyond the course fall away.
const tableMonths = [0, 1, 3, 6, 9, 12, 18, 24, 36, 48, 60];

export class CourseChart {
  readonly element: HTMLElement;
  private readonly panels: ChartPanel[] = [];
  private readonly lift = make('div', { class: 'chart-panel' });
  private readonly support = make('div', { class: 'chart-panel' });

  constructor(private readonly course: Course, private readonly facts: CourseFacts, private readonly choose: (month: number) => void) {
    this.element = make('div', { class: 'course-chart' },
      rangeLegend(facts),
      make('h3', {}, text('years.chart.lift')),
      this.lift,
      legend([['lift', 'years.series.lift', 'thick'], ...bandLegend(course, 'lift'), ['lift', 'years.series.landmark', 'thin'], ['lift', 'years.series.treated', 'dashed'], ['untreated', 'years.series.untreated', 'dotted']]),
      make('h3', {}, text('years.chart.support')),
      this.support,
      make('p', { class: 'chart-axis' }, text('years.chart.months')),
      legend([['support', 'years.series.support', 'thick'], ...bandLegend(course, 'support'), ['untreated', 'years.series.untreatedSupport', 'dotted']]),
      make('p', { class: 'quiet small' }, text('years.chart.hint')),
      this.tables());
  }

  /** Draws it; to be called once its element is in the page and has a width. */
  draw(): void {
    const { course, facts } = this;
    const { months, end, document } = course;
    const description = describe(course);
    this.panels.push(
      new ChartPanel(this.lift, {
        description,
        months,
        end,
        decimals: 1,
        height: 300,
        monthLabels: false,
        bands: bandsOf(facts),
        spreads: spreadsOf(document.ensemble?.meanLiftMm, 'lift'),
        levels: levelsOf(facts, document.summary.visibleThresholdMm),
        lines: [
          ...document.landmarks.map((landmark) => ({ values: landmark.liftMm, colour: 'lift', width: 1, opacity: 0.5 })),
          { values: course.untreated, colour: 'untreated', width: 1.8, dash: [2, 3] },
          { values: course.treated, colour: 'lift', width: 1.8, dash: [8, 4] },
          { values: course.lift, colour: 'lift', width: 3, dot: true },
        ],
        choose: this.choose,
      }),
      new ChartPanel(this.support, {
        description,
        months,
        end,
        decimals: 2,
        height: 180,
        monthLabels: true,
        bands: [],
        include: [1 - facts.supportMargin, 1 + facts.supportMargin],
        levels: [{ value: 1, words: text('years.chart.zero'), below: true }],
        between: document.ensemble ? undefined : [1, 0],
        spreads: spreadsOf(document.ensemble?.supportIndex, 'support'),
        lines: [
          { values: document.untreatedSupportIndex, colour: 'untreated', width: 1.8, dash: [2, 3] },
          { values: document.supportIndex, colour: 'support', width: 3, dot: true },
        ],
        choose: this.choose,
      }),
    );
  }

  setMonth(month: number): void {
    for (const panel of this.panels) panel.setMonth(month);
  }

  destroy(): void {
    for (const panel of this.panels) panel.destroy();
  }

  private tables(): HTMLElement {
    const { course } = this;
    const shown = shownMonths(course.end);
    const rows = shown.map((month) => {
      const at = course.at(month);
      return [shortNumber(month, 1), number(at.lift, 2), number(at.treated, 2), number(at.untreated, 2), number(at.support, 3), number(at.untreatedSupport, 3)];
    });
    const landmarks = course.document.landmarks.map((landmark) => [landmarkWords(landmark.name), ...shown.map((month) => number(valueAt(landmark.liftMm, moment(course.months, month)), 2))]);
    return make('details', { class: 'chart-table' },
      make('summary', {}, text('years.table')),
      numberTable(text('years.table.caption'), ['month', 'lift', 'treated', 'untreated', 'support', 'untreatedSupport'].map((key) => text(`years.table.${key}`)), rows),
      numberTable(text('years.table.landmarks'), [text('years.table.landmark'), ...shown.map((month) => shortNumber(month, 1))], landmarks));
  }
}

/** Months at which tables show a course of a length. */
export function shownMonths(end: number): number[] {
  return [...tableMonths.filter((month) => month < end - 1e-6), end];
}

/** The two published statements as marked ranges. */
export function bandsOf(facts: CourseFacts): Band[] {
  return [
    { low: facts.measured.lowMonths, high: facts.measured.highMonths ?? Infinity, colour: 'measured' },
    { low: facts.advice.lowMonths, high: facts.advice.highMonths ?? Infinity, colour: 'advice' },
  ];
}

// Nine in ten of the possible courses, and over them the middle half.
function spreadsOf(band: CurveBand | undefined, colour: string): Spread[] {
  return band ? [{ upper: band.high90, lower: band.low90, colour }, { upper: band.high50, lower: band.low50, colour }] : [];
}

function bandLegend(course: Course, colour: string): [colour: string, key: string, form: string][] {
  return course.document.ensemble ? [[colour, 'years.series.half', 'half'], [colour, 'years.series.nine', 'nine']] : [];
}

/** The levels that a lift is judged by. */
export function levelsOf(facts: CourseFacts, visibleMm: number): { value: number; words: string; dash?: number[]; below?: boolean }[] {
  return [
    { value: visibleMm, words: text('years.chart.visible', shortNumber(visibleMm, 2)), dash: [2, 3] },
    { value: facts.measurableMm, words: text('years.chart.measurable', shortNumber(facts.measurableMm, 2), facts.measurableSource), dash: [2, 3] },
    { value: 0, words: text('years.chart.zero'), below: true },
  ];
}

/** What the marked ranges are, in words beside their colours. */
export function rangeLegend(facts: CourseFacts): HTMLElement {
  const { measured, advice } = facts;
  return make('ul', { class: 'chart-ranges' },
    make('li', {}, swatch('measured', 'bar'), text('years.chart.measured', shortNumber(measured.lowMonths, 0), shortNumber(measured.highMonths ?? 0, 0), measured.source)),
    make('li', {}, swatch('advice', 'bar'), text('years.chart.advice', shortNumber(advice.lowMonths / 12, 0), shortNumber((advice.highMonths ?? 0) / 12, 0), advice.source)));
}

/** Curves of a chart in words: colour, key of the words, and how the curve is drawn. */
export function legend(entries: [colour: string, key: string, form: string][]): HTMLElement {
  return make('ul', { class: 'chart-legend' }, ...entries.map(([colour, key, form]) => make('li', {}, swatch(colour, form), text(key))));
}

/** A piece of a curve for a legend. */
export function swatch(colour: string, form: string): HTMLElement {
  const sample = make('span', { class: `swatch swatch-${form}`, 'aria-hidden': true });
  sample.style.setProperty('--swatch', `var(--chart-${colour})`);
  return sample;
}

function describe(course: Course): string {
  const half = course.end / 2;
  const last = course.at(course.end);
  return text('years.describe', number(course.at(0).lift, 1), number(course.at(half).lift, 1), shortNumber(half, 0), number(last.lift, 1), shortNumber(course.end, 0), number(last.support, 2), number(last.untreatedSupport, 2));
}
