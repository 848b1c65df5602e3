// The time control: a slider through the months, a field to type one, and a player.
import { text } from '../shared/page';
import { make } from '../shared/dom';
import { marks, monthAt, placeOf } from './time';
import { momentTitle } from './words';

// The whole way is played in this time.
const playSeconds = 12;
// Without animation the marks are shown one after the other.
const stepSeconds = 1.5;
// Steps of the slider; fine enough for a tenth of a month everywhere on the way.
const steps = 2000;

/** Tells of a new month, and whether it is to be spoken: the slider says its own value, and a playing course would talk without end. */
export type MonthListener = (month: number, spoken: boolean) => void;

export class Timeline {
  readonly element: HTMLElement;
  private readonly slider = make('input', { type: 'range', min: 0, max: steps, step: 1, class: 'timeline-slider', 'aria-label': text('years.time') });
  private readonly typed = make('input', { type: 'number', min: 0, step: 0.1, inputmode: 'decimal', class: 'timeline-month' });
  private readonly button = make('button', { type: 'button', class: 'primary timeline-play' });
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)');
  private shown = 0;
  private frame = 0;
  private timer = 0;

  /**
   * @param end Length of the course, months.
   * @param describe The values at a month in words, for those who do not see the picture.
   * @param tell Hears of every new month.
   */
  constructor(private readonly end: number, private readonly describe: (month: number) => string, private readonly tell: MonthListener) {
    this.typed.max = String(end);
    this.slider.addEventListener('input', () => this.set(monthAt(Number(this.slider.value) / steps, end), false));
    this.slider.addEventListener('keydown', (event) => this.onKey(event));
    this.typed.addEventListener('change', () => this.set(Number(this.typed.value) || 0, true));
    this.button.addEventListener('click', () => (this.playing ? this.pause() : this.play()));
    this.element = make('div', { class: 'timeline', role: 'group', 'aria-label': text('years.time') },
      this.button,
      make('div', { class: 'timeline-track' }, this.slider, this.marks()),
      make('label', { class: 'timeline-typed' }, make('span', {}, text('years.month')), this.typed));
    this.drawButton();
  }

  get month(): number {
    return this.shown;
  }

  get playing(): boolean {
    return this.frame !== 0 || this.timer !== 0;
  }

  /** Shows a month; whoever sets it stops the player. */
  set(month: number, spoken: boolean): void {
    this.stop();
    this.show(month, spoken);
  }

  /** Plays to the end, from day 0 where it stands there. */
  play(): void {
    if (this.shown >= this.end - 1e-6) this.show(0, false);
    if (this.still.matches) this.step();
    else this.animate();
    this.drawButton();
  }

  pause(): void {
    this.stop();
    this.show(this.shown, true);
  }

  dispose(): void {
    this.stop();
  }

  private animate(): void {
    let last = performance.now();
    let place = placeOf(this.shown, this.end);
    const next = (now: number): void => {
      place += (now - last) / (1000 * playSeconds);
      last = now;
      const over = place >= 1;
      this.frame = over ? 0 : requestAnimationFrame(next);
      this.show(over ? this.end : monthAt(place, this.end), over);
      if (over) this.drawButton();
    };
    this.frame = requestAnimationFrame(next);
  }

  private step(): void {
    const next = marks(this.end).find((mark) => mark > this.shown + 1e-6);
    if (next === undefined) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.show(next, next >= this.end);
      if (next < this.end) this.step();
      else this.drawButton();
    }, 1000 * stepSeconds);
  }

  private stop(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    if (!this.playing) return;
    this.frame = 0;
    this.timer = 0;
    this.drawButton();
  }

  private show(month: number, spoken: boolean): void {
    this.shown = Math.min(Math.max(month, 0), this.end);
    const place = placeOf(this.shown, this.end);
    this.slider.value = String(Math.round(steps * place));
    this.slider.style.setProperty('--place', String(place));
    this.slider.setAttribute('aria-valuetext', this.describe(this.shown));
    if (document.activeElement !== this.typed || spoken) this.typed.value = String(Number(this.shown.toFixed(1)));
    this.element.dataset.month = this.shown.toFixed(2);
    this.tell(this.shown, spoken);
  }

  // Months rather than the slider's own steps: arrows a month, with Shift a tenth, pages half a year.
  private onKey(event: KeyboardEvent): void {
    const fine = event.shiftKey ? 0.1 : 1;
    const by: Record<string, number> = { ArrowRight: fine, ArrowUp: fine, ArrowLeft: -fine, ArrowDown: -fine, PageUp: 6, PageDown: -6 };
    const month =
      event.key === 'Home' ? 0
      : event.key === 'End' ? this.end
      : event.key in by ? Math.round(10 * (this.shown + by[event.key])) / 10
      : null;
    if (event.key === ' ') this.button.click();
    else if (month !== null) this.set(month, false);
    else return;
    event.preventDefault();
  }

  private marks(): HTMLElement {
    const all = marks(this.end).map((month) => {
      const mark = make('span', {}, month === 0 ? '0' : String(month));
      mark.style.setProperty('--at', String(placeOf(month, this.end)));
      mark.title = momentTitle(month);
      return mark;
    });
    return make('div', { class: 'timeline-marks', 'aria-hidden': true }, ...all);
  }

  private drawButton(): void {
    const words = text(this.playing ? 'years.pause' : 'years.play');
    this.button.replaceChildren(make('span', { class: this.playing ? 'sign-pause' : 'sign-play', 'aria-hidden': true }), words);
  }
}
