// Two plans at a common month with common colours, one chart for both lifts, and the tables.
import { number, text } from '../shared/page';
import { toldApart } from './apart';
import { ChartPanel, type Line, type Spread } from './chart-panel';
import { scaleBar, scaleOf } from './colouring';
import { CompareSide, mostCollagenOf, type Compared } from './compare-side';
import { compareTable, courseTables } from './compare-table';
import { bandsOf, levelsOf, rangeLegend, swatch } from './course-chart';
import { selectBox } from './controls';
import { differenceAt, goesOneWay, type Difference } from './difference';
import { make } from '../shared/dom';
import type { Course, CurveBand, Ensemble } from './document';
import type { CourseFacts } from './facts';
import type { Colouring } from './motion';
import { stageSupported } from './stage';
import { daysPerMonth, moment, valueAt } from './time';
import { Timeline } from './timeline';
import type { ColourScale } from '../scene/colour-scale';
import { differenceWords, gainAt, judgedWords, liftAt, liftWords, momentTitle, signedMillimetres, signedPercent } from './words';

const colours = ['lift', 'second'];
const dashes: (number[] | undefined)[] = [undefined, [10, 4]];

export class CompareView {
  readonly element: HTMLElement;
  readonly sides: CompareSide[];
  private readonly courses: { course: Course; index: number; name: string }[];
  private readonly timeline: Timeline | null;
  private readonly chart = make('div', { class: 'chart-panel' });
  private readonly supportChart = make('div', { class: 'chart-panel' });
  private readonly differenceChart = make('div', { class: 'chart-panel' });
  private readonly words = make('p', { class: 'years-words' });
  private readonly legend = make('div', { class: 'compare-scale' });
  private readonly colouring: { element: HTMLLabelElement; select: HTMLSelectElement };
  private readonly panels: ChartPanel[] = [];
  private scale: ColourScale | null = null;

  constructor(private readonly both: [Compared, Compared], private readonly difference: Difference | null, private readonly facts: CourseFacts) {
    this.sides = [new CompareSide(both[0], 'a'), new CompareSide(both[1], 'b')];
    this.courses = both.flatMap(({ prediction, plan }, index) => (prediction ? [{ course: prediction.course, index, name: plan.name }] : []));
    // Months that both have.
    const end = this.courses.length > 0 ? Math.min(...this.courses.map(({ course }) => course.end)) : 0;
    this.timeline = end > 0 ? new Timeline(end, (month) => this.describe(month), (month) => this.onMonth(month)) : null;
    const colourings: Colouring[] = ['lift', 'movement', 'collagen', 'none'];
    this.colouring = selectBox(text('years.colour'), colourings.map((value) => ({ value, words: text(`years.colour.${value}`) })), 'lift', () => this.recolour());
    const shown = stageSupported();
    const sameScan = both[0].scan.id === both[1].scan.id;
    this.element = make('div', { class: 'compare-view' },
      make('div', { class: 'compare-sides' }, ...this.sides.map((side) => side.element)),
      this.timeline && make('div', { class: 'compare-time' },
        shown ? make('p', { class: 'quiet small' }, text(sameScan ? 'compare.linked' : 'compare.notLinked')) : make('p', { class: 'notice' }, text('years.flat')),
        this.timeline.element,
        this.words,
        make('p', { class: 'years-estimate small' }, text('years.estimate')),
        shown ? make('div', { class: 'stage-settings' }, this.colouring.element, this.legend) : null),
      this.timeline && make('section', { class: 'card course-chart', 'aria-labelledby': 'compare-chart' },
        make('h2', { id: 'compare-chart' }, text('compare.chart')),
        rangeLegend(facts),
        make('h3', {}, text('years.chart.lift')),
        this.chart,
        make('h3', {}, text('compare.chart.support')),
        this.supportChart,
        make('p', { class: 'chart-axis' }, text('years.chart.months')),
        make('ul', { class: 'chart-legend' }, ...this.courses.map(({ index, name }) => make('li', {}, swatch(colours[index], dashes[index] ? 'long' : 'thick'), name))),
        this.differenceSection(),
        courseTables(both, difference)),
      compareTable(both, difference, facts));
  }

  /** Draws everything; to be called once the element is in the page. */
  async draw(): Promise<void> {
    this.drawCharts();
    this.timeline?.set(0, false);
    const most = mostCollagenOf(this.both);
    await Promise.all(this.sides.map((side) => side.load(most)));
    const [a, b] = this.sides.map((side) => side.head);
    if (a && b && this.both[0].scan.id === this.both[1].scan.id) a.linkCamera(b);
    this.recolour();
  }

  private differenceSection(): HTMLElement | null {
    return this.difference && make('div', {}, make('h3', {}, text('compare.chart.difference', ...this.names)), this.differenceChart, make('p', { class: 'chart-axis' }, text('years.chart.months')));
  }

  private get names(): [string, string] {
    return [this.both[0].plan.name, this.both[1].plan.name];
  }

  private drawDifference(choose: (month: number) => void): void {
    const { difference } = this;
    if (!difference) return;
    const months = difference.timesDays.map((days) => days / daysPerMonth);
    const end = months[months.length - 1];
    const last = differenceAt(difference, 'lift', end)!;
    this.panels.push(new ChartPanel(this.differenceChart, {
      description: `${text('compare.chart.difference', ...this.names)}. ${[0, end].map((month) => `${momentTitle(month)}: ${differenceWords(month === 0 ? differenceAt(difference, 'lift', 0)! : last, signedMillimetres)}`).join('. ')}`,
      months, end, choose, decimals: 1, height: 180, monthLabels: true,
      bands: [],
      levels: [{ value: 0, words: '', below: true }],
      spreads: [{ upper: difference.liftBandMm.high90, lower: difference.liftBandMm.low90, colour: 'quiet' }, { upper: difference.liftBandMm.high50, lower: difference.liftBandMm.low50, colour: 'quiet' }],
      lines: [{ values: difference.liftMm, colour: 'ink', width: 2.5, dot: true }],
    }));
  }

  private drawCharts(): void {
    if (!this.timeline || this.courses.length === 0) return;
    // Both on the union of their times: linear in between, so that nothing is changed by it; a shorter course ends where it ends.
    const months = [...new Set(this.courses.flatMap(({ course }) => course.months))].sort((a, b) => a - b);
    const end = Math.max(...this.courses.map(({ course }) => course.end));
    const over = (course: Course, values: number[]): (number | null)[] => months.map((month) => (month > course.end + 1e-6 ? null : valueAt(values, moment(course.months, month))));
    const choose = (month: number): void => this.timeline?.set(month, true);
    const description = this.courses.map(({ course, name }) => `${text('compare.words', name, liftWords(course, 0, 1))}, ${text('years.months', number(course.end, 0))}: ${liftWords(course, course.end, 1)}`).join('. ');
    const gained = this.courses.map(({ course, name }) => `${name}, ${text('years.months', number(course.end, 0))}: ${judgedWords(gainAt(course, course.end), signedPercent)}`).join('. ');
    const curves = (of: (course: Course) => number[]): Line[] =>
      this.courses.map(({ course, index }) => ({ values: over(course, of(course)), colour: colours[index], width: 3, dash: dashes[index], dot: true }));
    const spreads = (of: (ensemble: Ensemble) => CurveBand | null | undefined, times = 1): Spread[] =>
      this.courses.flatMap(({ course, index }) => {
        const band = course.document.ensemble && of(course.document.ensemble);
        const side = (values: number[]): (number | null)[] => over(course, values.map((value) => times * value));
        return band ? [{ upper: side(band.high90), lower: side(band.low90), colour: colours[index] }] : [];
      });
    this.panels.push(
      new ChartPanel(this.chart, {
        description, months, end, choose, decimals: 1, height: 300, monthLabels: false,
        bands: bandsOf(this.facts),
        levels: levelsOf(this.facts, this.courses[0].course.document.summary.visibleThresholdMm),
        spreads: spreads((ensemble) => ensemble.meanLiftMm),
        lines: curves((course) => course.lift),
      }),
      new ChartPanel(this.supportChart, {
        description: `${text('compare.chart.support')}. ${gained}`, months, end, choose, decimals: 0, height: 180, monthLabels: true,
        bands: [],
        levels: [{ value: 0, words: '', below: true }],
        spreads: spreads((ensemble) => ensemble.supportGain, 100),
        lines: curves((course) => course.gain.map((gain) => 100 * gain)),
      }),
    );
    this.drawDifference(choose);
  }

  private onMonth(month: number): void {
    for (const side of this.sides) side.show(month, this.colouring.select.value as Colouring, this.scale);
    for (const panel of this.panels) panel.setMonth(month);
    this.words.textContent = this.describe(month);
  }

  private describe(month: number): string {
    const [a, b] = this.courses.map(({ course }) => liftAt(course, month));
    const apart = this.difference && differenceAt(this.difference, 'lift', month);
    const alike = a && b && (apart ? !goesOneWay(apart) : toldApart(a, b) === false) ? ` – ${text('compare.words.alike')}` : '';
    return `${momentTitle(month)}: ${this.courses.map(({ course, name }) => text('compare.words', name, liftWords(course, month, 1))).join('; ')}${alike}`;
  }

  // One scale for both.
  private recolour(): void {
    const colouring = this.colouring.select.value as Colouring;
    const extents = colouring === 'none' ? [] : this.sides.flatMap(({ motion }) => (motion ? [motion.extent(colouring)] : []));
    this.scale = scaleOf(colouring, extents);
    this.legend.replaceChildren(...(this.scale && colouring !== 'none' ? [scaleBar(colouring, this.scale)] : []));
    this.onMonth(this.timeline?.month ?? 0);
  }
}
