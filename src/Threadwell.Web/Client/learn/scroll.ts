// Motion while the page is scrolled. On a wide screen all figures share one place beside the words; on a narrow one each stays in its own step. Who wants no motion gets none.
import type { Step } from './step';
import { progress } from './progress';

export class Scroll {
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly wide = matchMedia('(min-width: 64rem)');
  private asked = false;
  private paused = false;

  constructor(private readonly main: HTMLElement, private readonly steps: Step[]) {
    this.still.addEventListener('change', () => this.arrange());
    this.wide.addEventListener('change', () => this.arrange());
    for (const event of ['scroll', 'resize']) addEventListener(event, () => this.ask(), { passive: true });
    this.arrange();
  }

  /** Holds still while something else shows the steps. */
  pause(paused: boolean): void {
    this.paused = paused;
    this.arrange();
  }

  private arrange(): void {
    const moves = !this.still.matches && !this.paused;
    this.main.toggleAttribute('data-motion', moves);
    if (!moves) {
      for (const step of this.steps) {
        step.figure.removeAttribute('data-shown');
        if (!this.paused) step.rest();
      }
    }
    this.ask();
  }

  private ask(): void {
    if (this.asked || this.still.matches || this.paused) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      if (!this.still.matches && !this.paused) this.draw();
    });
  }

  private draw(): void {
    const height = innerHeight;
    // The step whose words are nearest to the middle of the screen.
    const middles = this.steps.map((step) => {
      const box = step.words.getBoundingClientRect();
      return box.top <= height / 2 ? (box.bottom >= height / 2 ? 0 : height / 2 - box.bottom) : box.top - height / 2;
    });
    const nearest = middles.indexOf(Math.min(...middles));
    this.steps.forEach((step, index) => {
      step.figure.toggleAttribute('data-shown', index === nearest);
      if (this.wide.matches && index !== nearest) return;
      const box = (this.wide.matches ? step.words : step.element).getBoundingClientRect();
      if (box.bottom < -height || box.top > 2 * height) return;
      step.show(progress(box.top, box.bottom, height, this.wide.matches));
    });
  }
}
