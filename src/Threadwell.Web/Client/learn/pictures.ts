// The page's own pictures, moved to a day: the server has drawn them, only opacities and places change.
import type { Story } from './story';

const svg = 'http://www.w3.org/2000/svg';

const set = (element: Element | null, name: string, value: number): void => element?.setAttribute(name, value.toFixed(3));

/** The tissue cut open along a thread. */
export class SectionPicture {
  private readonly symbols: { kind: string; all: Element[]; shown: number }[];

  constructor(private readonly element: Element, private readonly story: Story) {
    this.symbols = [...element.querySelectorAll('[data-kind]')].map((group) => ({ kind: group.getAttribute('data-kind')!, all: [...group.children], shown: -1 }));
  }

  show(run: number, day: number): void {
    const maps = this.story.maps(run, day);
    set(this.element.querySelector('.learn-map-barbs'), 'opacity', maps.atBarbs);
    set(this.element.querySelector('.learn-map-between'), 'opacity', maps.between);
    set(this.element.querySelector('.learn-thread'), 'opacity', this.story.threadOpacity(run, day));
    for (const group of this.symbols) {
      const shown = this.story.symbols(run, group.kind, day);
      if (shown === group.shown) continue;
      group.all.forEach((symbol, index) => symbol.setAttribute('opacity', index < shown ? '1' : '0'));
      group.shown = shown;
    }
  }
}

/** The face: pictures of two months over each other. */
export class FacePicture {
  private readonly under: SVGImageElement;
  private readonly over: SVGImageElement;
  private readonly threads: Element;

  constructor(private readonly element: Element, private readonly story: Story) {
    this.under = element.querySelector<SVGImageElement>('.learn-frames image')!;
    this.over = document.createElementNS(svg, 'image');
    this.over.setAttribute('width', String(story.facts.width));
    this.over.setAttribute('height', String(story.facts.height));
    this.over.setAttribute('opacity', '0');
    this.under.after(this.over);
    this.threads = element.querySelector('.learn-threads')!;
  }

  /** A day of a run. */
  show(run: number, day: number): void {
    const { from, to, share } = this.story.frames(run, day);
    this.blend(from.address, to.address, share);
    set(this.threads, 'opacity', this.story.threadOpacity(run, day));
  }

  /** From before the treatment to after it: the skin moves and takes the colour of its lift. */
  lift(run: number, share: number): void {
    this.blend(this.story.facts.before, this.story.facts.runs[run].frames[0].address, share);
    set(this.threads, 'opacity', 1 - 0.45 * share);
    const shifts = this.element.querySelector('.learn-shifts');
    set(shifts, 'opacity', Math.max(0, 2 * share - 1));
  }

  /** Threads on their way in. */
  insert(share: number): void {
    for (const line of this.threads.querySelectorAll('.learn-halo, .learn-line')) {
      line.setAttribute('stroke-dasharray', '1 1');
      line.setAttribute('stroke-dashoffset', (1 - share).toFixed(3));
    }
    set(this.threads.querySelector('.learn-barbs'), 'opacity', Math.max(0, 5 * share - 4));
  }

  private blend(from: string, to: string, share: number): void {
    if (this.under.getAttribute('href') !== from) this.under.setAttribute('href', from);
    if (this.over.getAttribute('href') !== to) this.over.setAttribute('href', to);
    set(this.over, 'opacity', share);
  }
}

/** A chart: a mark at a day, with a dot on each curve. */
export class ChartMark {
  private readonly line = document.createElementNS(svg, 'path');
  private readonly dots: { dot: SVGCircleElement; run: number; name: string }[];
  private readonly room: Record<'left' | 'right' | 'top' | 'bottom' | 'end' | 'low' | 'high', number>;

  constructor(element: SVGElement, private readonly story: Story) {
    const number = (name: string): number => Number(element.dataset[name]);
    this.room = { left: number('left'), right: number('right'), top: number('top'), bottom: number('bottom'), end: number('end'), low: number('low'), high: number('high') };
    this.line.setAttribute('class', 'learn-mark');
    element.append(this.line);
    this.dots = [...element.querySelectorAll<SVGElement>('[data-series]')].map((curve) => {
      const [run, name] = curve.dataset.series!.split('.');
      const dot = document.createElementNS(svg, 'circle');
      dot.setAttribute('class', `learn-dot ${[...curve.classList].filter((one) => one !== 'learn-curve' && one !== 'learn-dashed').join(' ')}`);
      dot.setAttribute('r', '5');
      element.append(dot);
      return { dot, run: Number(run), name };
    });
  }

  show(day: number): void {
    const { left, right, top, bottom, end, low, high } = this.room;
    const shown = Math.min(day, end);
    const x = left + (shown / end) * (right - left);
    this.line.setAttribute('d', `M${x.toFixed(1)} ${top}V${bottom}`);
    for (const { dot, run, name } of this.dots) {
      set(dot, 'cx', x);
      set(dot, 'cy', bottom - ((Math.min(high, Math.max(low, this.story.value(run, name, shown))) - low) / (high - low)) * (bottom - top));
    }
  }
}
