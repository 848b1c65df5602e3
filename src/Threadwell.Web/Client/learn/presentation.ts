// One step per screen, for a consultation: large, turned by arrow keys or buttons, on the full screen where the browser gives it.
import { byId } from '../shared/dom';
import type { Scroll } from './scroll';
import type { Step } from './step';
import { words } from './words';

// The motion of a step takes this long.
const playSeconds = 6;

export class Presentation {
  private readonly open = byId<HTMLButtonElement>('present');
  private readonly bar = byId('bar');
  private readonly place = byId('place');
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly slides: HTMLElement[];
  private current = 0;
  private frame = 0;

  constructor(private readonly main: HTMLElement, private readonly steps: Step[], private readonly scroll: Scroll) {
    this.slides = [...main.querySelectorAll<HTMLElement>('[data-slide]')];
    this.open.hidden = false;
    this.open.addEventListener('click', () => void this.begin());
    byId('back').addEventListener('click', () => this.turn(-1));
    byId('next').addEventListener('click', () => this.turn(1));
    byId('leave').addEventListener('click', () => this.end());
    addEventListener('keydown', (event) => this.onKey(event));
    document.addEventListener('fullscreenchange', () => {
      if (!document.fullscreenElement && this.presenting) this.end();
    });
  }

  private get presenting(): boolean {
    return this.main.hasAttribute('data-presenting');
  }

  private async begin(): Promise<void> {
    // From the step that is being read.
    const read = this.slides.findIndex((slide) => (slide.querySelector('.learn-words') ?? slide).getBoundingClientRect().bottom > innerHeight / 2);
    this.main.setAttribute('data-presenting', '');
    this.bar.hidden = false;
    this.scroll.pause(true);
    this.show(Math.max(0, read));
    byId('next').focus();
    try {
      // Refused or unknown, the page fills its window.
      await this.main.requestFullscreen?.();
    } catch {
      return;
    }
  }

  private end(): void {
    cancelAnimationFrame(this.frame);
    this.main.removeAttribute('data-presenting');
    this.bar.hidden = true;
    for (const slide of this.slides) slide.removeAttribute('data-current');
    this.scroll.pause(false);
    const left = this.slides[this.current];
    if (document.fullscreenElement) void document.exitFullscreen();
    (left.querySelector('.learn-words') ?? left).scrollIntoView();
    this.open.focus({ preventScroll: true });
  }

  private turn(by: number): void {
    const to = this.current + by;
    if (to >= 0 && to < this.slides.length) this.show(to);
  }

  private show(index: number): void {
    this.current = index;
    this.slides.forEach((slide, number) => slide.toggleAttribute('data-current', number === index));
    this.main.scrollTop = 0;
    this.place.textContent = words('place', String(index + 1), String(this.slides.length));
    byId<HTMLButtonElement>('back').disabled = index === 0;
    byId<HTMLButtonElement>('next').disabled = index === this.slides.length - 1;
    this.play(this.steps.find((step) => step.element === this.slides[index]));
  }

  private play(step: Step | undefined): void {
    cancelAnimationFrame(this.frame);
    if (!step) return;
    if (this.still.matches) {
      step.rest();
      return;
    }
    const begun = performance.now();
    const next = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - begun) / (1000 * playSeconds)));
      step.show(share);
      if (share < 1) this.frame = requestAnimationFrame(next);
    };
    step.show(0);
    this.frame = requestAnimationFrame(next);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.presenting || event.ctrlKey || event.metaKey || event.altKey) return;
    // The slider keeps its own keys.
    const typing = event.target instanceof HTMLInputElement;
    const by: Record<string, number> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
    if (event.key === 'Escape') this.end();
    else if (event.key in by && !typing) this.turn(by[event.key]);
    else return;
    event.preventDefault();
  }
}
