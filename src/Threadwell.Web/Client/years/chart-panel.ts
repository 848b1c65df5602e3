// One panel of a course's chart: curves over months, marked ranges, levels, and a cursor that follows the time shown.
import uPlot from 'uplot';
import { number } from '../shared/page';
import { moment, valueAt } from './time';

/** A curve over the panel's months. */
export interface Line {
  /** One a month; null where the curve has ended. */
  values: (number | null)[];
  /** Name of its colour: the custom property --chart-NAME. */
  colour: string;
  width: number;
  dash?: number[];
  opacity?: number;
  /** Whether a dot on the cursor marks its value. */
  dot?: boolean;
}

/** A horizontal line with its words. */
export interface Level {
  value: number;
  words: string;
  dash?: number[];
  below?: boolean;
}

/** A marked range of months. */
export interface Band {
  low: number;
  high: number;
  colour: string;
}

/** A shaded area between two curves; null where they have ended. */
export interface Spread {
  upper: (number | null)[];
  lower: (number | null)[];
  colour: string;
}

// Two areas over each other show the inner one stronger.
const spreadOpacity = 0.16;

export interface PanelOptions {
  /** What a reader hears who does not see it. */
  description: string;
  months: number[];
  end: number;
  lines: Line[];
  levels: Level[];
  bands: Band[];
  /** Values that the panel must show beside those of its lines and levels. */
  include?: number[];
  /** Lines between which the area is shaded: indices of lines. */
  between?: [number, number];
  /** Areas that the course may lie in. */
  spreads?: Spread[];
  decimals: number;
  height: number;
  monthLabels: boolean;
  /** Called with the month that somebody points at. */
  choose(month: number): void;
}

const face = '"Be Vietnam Pro", system-ui, sans-serif';

/** The panel; the element that holds it decides its width. */
export class ChartPanel {
  private readonly plot: uPlot;
  private readonly cursor = document.createElement('div');
  private readonly dots: { line: Line; element: HTMLElement }[] = [];
  private readonly watch: ResizeObserver;
  private readonly theme = matchMedia('(prefers-color-scheme: dark)');
  private readonly repaint = (): void => this.plot.redraw(false);
  private readonly probe = document.createElement('span');
  private month = 0;

  constructor(private readonly host: HTMLElement, private readonly options: PanelOptions) {
    host.setAttribute('role', 'img');
    host.setAttribute('aria-label', options.description);
    this.probe.hidden = true;
    host.append(this.probe);
    this.plot = new uPlot(this.settings(), [options.months, ...options.lines.map((line) => line.values), ...this.spreads.flatMap((spread) => [spread.upper, spread.lower])], host);
    this.addCursor();
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(host);
    this.theme.addEventListener('change', this.repaint);
    void document.fonts.ready.then(this.repaint);
  }

  /** Moves the cursor to a month. */
  setMonth(month: number): void {
    this.month = month;
    // Its scales are known once it is ready.
    if (!this.plot?.status) return;
    const left = this.plot.valToPos(month, 'x');
    this.cursor.style.transform = `translateX(${left}px)`;
    const at = moment(this.options.months, month);
    for (const { line, element } of this.dots) element.style.transform = `translate(${left}px, ${this.plot.valToPos(valueAt(line.values as number[], at), 'y')}px)`;
  }

  destroy(): void {
    this.watch.disconnect();
    this.theme.removeEventListener('change', this.repaint);
    this.plot.destroy();
  }

  private fit(): void {
    const width = Math.floor(this.host.clientWidth);
    if (width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: this.options.height });
      this.setMonth(this.month);
    }
  }

  private addCursor(): void {
    const over = this.plot.over;
    this.cursor.className = 'chart-cursor';
    over.append(this.cursor);
    for (const line of this.options.lines.filter((candidate) => candidate.dot)) {
      const element = document.createElement('div');
      element.className = 'chart-dot';
      element.style.setProperty('--dot', `var(--chart-${line.colour})`);
      over.append(element);
      this.dots.push({ line, element });
    }

    const point = (event: PointerEvent): void => {
      const month = this.plot.posToVal(event.clientX - over.getBoundingClientRect().left, 'x');
      this.options.choose(Math.min(Math.max(month, 0), this.options.end));
    };
    over.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      over.setPointerCapture(event.pointerId);
      point(event);
    });
    over.addEventListener('pointermove', (event) => {
      if (over.hasPointerCapture(event.pointerId)) point(event);
    });
  }

  private get spreads(): Spread[] {
    return this.options.spreads ?? [];
  }

  // Areas between curves: two of the lines, and the ends of the spreads, which are not drawn themselves.
  private areas(): uPlot.Band[] {
    const { between, lines } = this.options;
    const first = lines.length + 1;
    return [
      ...this.spreads.map(({ colour }, index): uPlot.Band => ({
        series: [first + 2 * index, first + 2 * index + 1],
        fill: () => this.colour(colour).replace(/^rgb\((.*)\)$/, `rgba($1, ${spreadOpacity})`),
      })),
      ...(between ? [{ series: [between[0] + 1, between[1] + 1] as [number, number], fill: () => this.colour('support-soft') }] : []),
    ];
  }

  private settings(): uPlot.Options {
    const { lines, end, decimals, monthLabels, height } = this.options;
    const { low, high, step } = this.range();
    const months = end <= 24 ? 3 : 12;
    const labelled = (): string => this.colour('quiet');
    return {
      width: Math.max(240, Math.floor(this.host.clientWidth)),
      height,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [0, end] }, y: { range: [low, high] } },
      axes: [
        {
          stroke: labelled,
          font: `12px ${face}`,
          size: monthLabels ? 26 : 10,
          gap: 4,
          grid: { show: false },
          ticks: { stroke: () => this.colour('line'), size: 5, width: 1 },
          splits: () => Array.from({ length: Math.floor(end / months) + 1 }, (_, index) => index * months),
          values: (_, splits) => splits.map((split) => (monthLabels ? number(split, 0) : '')),
        },
        {
          stroke: labelled,
          font: `12px ${face}`,
          size: 50,
          gap: 6,
          grid: { stroke: () => this.colour('grid'), width: 1 },
          ticks: { show: false },
          splits: () => Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step),
          values: (_, splits) => splits.map((split) => number(split, decimals)),
        },
      ],
      series: [
        {},
        ...lines.map((line): uPlot.Series => ({
          stroke: () => this.colour(line.colour),
          width: line.width,
          dash: line.dash,
          alpha: line.opacity ?? 1,
          points: { show: false },
        })),
        ...this.spreads.flatMap((): uPlot.Series[] => [{ width: 0, points: { show: false } }, { width: 0, points: { show: false } }]),
      ],
      bands: this.areas(),
      hooks: { ready: [() => this.setMonth(this.month)], drawClear: [(plot) => this.drawBands(plot)], draw: [(plot) => this.drawLevels(plot)] },
    };
  }

  // Round ends beyond everything shown.
  private range(): { low: number; high: number; step: number } {
    const { lines, levels, include = [] } = this.options;
    const curves = [...lines.map((line) => line.values), ...this.spreads.flatMap((spread) => [spread.upper, spread.lower])];
    const all = [...curves.flatMap((curve) => curve.filter((value) => value !== null)), ...levels.map((level) => level.value), ...include];
    const low = Math.min(...all);
    const high = Math.max(...all);
    const raw = (high - low || 1) / 5;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
    return { low: Math.floor(low / step - 0.05) * step, high: Math.ceil(high / step + 0.05) * step, step };
  }

  private drawBands(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const bar = 5 * devicePixelRatio;
    for (const band of this.options.bands) {
      const from = plot.valToPos(Math.min(band.low, this.options.end), 'x', true);
      const to = plot.valToPos(Math.min(band.high, this.options.end), 'x', true);
      if (to <= from) continue;
      ctx.save();
      ctx.fillStyle = this.colour(band.colour);
      ctx.globalAlpha = 0.1;
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
      ctx.globalAlpha = 1;
      ctx.fillRect(from, bbox.top - bar, to - from, bar);
      ctx.restore();
    }
  }

  private drawLevels(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    for (const level of this.options.levels) {
      const y = plot.valToPos(level.value, 'y', true);
      ctx.save();
      ctx.strokeStyle = this.colour('quiet');
      ctx.lineWidth = ratio;
      ctx.setLineDash((level.dash ?? []).map((part) => part * ratio));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.font = `${11 * ratio}px ${face}`;
      // Under a line at the left, where curves that start on it still lie close.
      ctx.textAlign = level.below ? 'left' : 'right';
      ctx.textBaseline = level.below ? 'top' : 'bottom';
      const x = level.below ? bbox.left + 6 * ratio : bbox.left + bbox.width - 4 * ratio;
      const at = y + (level.below ? 3 : -3) * ratio;
      // A halo of paper keeps the words readable over curves.
      ctx.setLineDash([]);
      ctx.lineWidth = 3 * ratio;
      ctx.lineJoin = 'round';
      ctx.strokeStyle = this.colour('paper');
      ctx.strokeText(level.words, x, at);
      ctx.fillStyle = this.colour('quiet');
      ctx.fillText(level.words, x, at);
      ctx.restore();
    }
  }

  // A canvas needs the colour that a custom property comes to in the theme shown.
  private colour(name: string): string {
    this.probe.style.color = `var(--chart-${name})`;
    return getComputedStyle(this.probe).color;
  }
}
