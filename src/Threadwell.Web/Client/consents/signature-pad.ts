// A field to draw a signature on, with finger, pen or mouse. Whoever works by keyboard writes the name instead.
import { make } from '../shared/dom';
import { text } from '../shared/page';

const width = 900;
const height = 300;
const line = 5;

export class SignaturePad {
  readonly element: HTMLElement;
  private readonly canvas = make('canvas', { width, height, role: 'img', 'aria-label': text('sign.pad') });
  private readonly state = make('p', { class: 'small quiet', role: 'status' }, text('sign.pad.empty'));
  private drawn = false;
  private last: [number, number] | null = null;

  constructor() {
    this.canvas.addEventListener('pointerdown', (event) => this.begin(event));
    this.canvas.addEventListener('pointermove', (event) => this.go(event));
    for (const end of ['pointerup', 'pointercancel'] as const) this.canvas.addEventListener(end, () => (this.last = null));
    const clear = make('button', { type: 'button' }, text('sign.clear'));
    clear.addEventListener('click', () => this.clear());
    this.element = make('div', { class: 'signature-pad' }, make('p', { class: 'hint' }, text('sign.pad')), this.canvas, make('div', { class: 'signature-state' }, this.state, clear));
  }

  /** What is drawn, as a PNG data address; null while nothing is. */
  get drawing(): string | null {
    return this.drawn ? this.canvas.toDataURL('image/png') : null;
  }

  private clear(): void {
    this.context.clearRect(0, 0, width, height);
    this.drawn = false;
    this.state.textContent = text('sign.pad.empty');
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    event.preventDefault();
  }

  private go(event: PointerEvent): void {
    if (!this.last) return;
    const { context } = this;
    const next = this.place(event);
    // Black whatever the theme is: it is kept on white.
    context.strokeStyle = '#000';
    context.lineWidth = line;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(...this.last);
    context.lineTo(...next);
    context.stroke();
    this.last = next;
    if (!this.drawn) this.state.textContent = text('sign.pad.drawn');
    this.drawn = true;
  }

  private place(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height];
  }

  private get context(): CanvasRenderingContext2D {
    return this.canvas.getContext('2d')!;
  }
}
