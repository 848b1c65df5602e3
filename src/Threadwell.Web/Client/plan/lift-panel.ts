import { css, type ColourScale } from '../scene/colour-scale';
import { facts, number, text } from '../shared/page';
import { overloaded } from './barb-load';
import { make } from '../shared/dom';
import type { PlanPicture } from './picture';
import type { PreviewStatus } from './preview';
import { landmarkName, mm } from './words';

/** The lift of each target as numbers, and the words for where the computing stands. */
export class LiftPanel {
  private readonly rows = make('tbody');
  private readonly table = make('table', { class: 'lift-table' }, make('caption', { class: 'visually-hidden' }, text('lift')), make('thead', { class: 'visually-hidden' }, make('tr', {}, make('th', { scope: 'col' }, text('lift.place')), make('th', { scope: 'col' }, text('lift')))), this.rows);
  private readonly state = make('p', { class: 'small quiet', id: 'lift-state' });
  private readonly dimples = make('p', { class: 'small', id: 'lift-dimples' });
  private readonly barbs = make('p', { class: 'small notice', id: 'lift-barbs', hidden: true });
  private readonly limit = facts<{ barbLoad: { limit: number; source: string } }>().barbLoad;
  // Spoken once the numbers have settled, never while something is dragged.
  private readonly spoken = make('p', { class: 'visually-hidden', 'aria-live': 'polite', id: 'lift-spoken' });

  constructor(host: HTMLElement, private readonly picture: PlanPicture) {
    host.append(this.state, this.table, this.dimples, this.barbs, this.spoken);
  }

  /** Shows the newest numbers. */
  render(status: PreviewStatus): void {
    this.state.textContent = statusWords(status);
    this.state.classList.toggle('problem', status.kind === 'failed');
    const lifts = this.picture.preview?.answer.lifts ?? [];
    // As long as the scale of the picture, so that bar and colour agree.
    const most = Math.max(1, this.picture.colourScale.high, ...lifts.map((lift) => Math.abs(lift.liftMm)));
    this.rows.replaceChildren(...lifts.map((lift) => {
      const bar = make('div', { class: 'lift-bar' });
      bar.style.width = `${(100 * Math.max(0, lift.liftMm)) / most}%`;
      return make('tr', { 'data-landmark': lift.landmark, 'data-lift-mm': lift.liftMm.toFixed(3) }, make('th', { scope: 'row' }, landmarkName(lift.landmark)), make('td', { class: 'bar' }, bar), make('td', { class: 'number' }, mm(lift.liftMm)));
    }));
    this.table.hidden = lifts.length === 0;
    const places = this.picture.dimples().length;
    this.dimples.textContent = lifts.length === 0 ? '' : places > 0 ? text('dimples.some', places) : text('dimples.none');
    this.dimples.classList.toggle('notice', places > 0);
    const threads = overloaded(this.picture.preview?.answer.threads ?? [], this.limit.limit);
    this.barbs.hidden = threads.length === 0;
    this.barbs.textContent = threads.length === 0 ? '' : text('barbs.overloaded', threads.join(', '), number(100 * this.limit.limit, 0), this.limit.source);
  }

  /** Speaks the numbers. */
  speak(): void {
    const lifts = this.picture.preview?.answer.lifts ?? [];
    if (lifts.length > 0) this.spoken.textContent = text('lift.spoken', lifts.map((lift) => `${landmarkName(lift.landmark)} ${mm(lift.liftMm)}`).join('; '));
  }
}

/** A state of the preview in words. */
export function statusWords(status: PreviewStatus): string {
  switch (status.kind) {
    case 'preparing': return text('status.preparing', number(100 * status.fraction, 0));
    case 'refining': return text('status.refining', number(100 * status.fraction, 0));
    case 'failed': return status.text;
    default: return text(`status.${status.kind}`);
  }
}

/** The colours of the lift with their millimetres. */
export class Legend {
  private readonly bar = make('div', { class: 'legend-bar' });
  private readonly ticks = make('div', { class: 'legend-ticks number small' });
  private readonly status = make('p', { class: 'legend-status small', id: 'preview-status' });
  private readonly box = make('div', { class: 'legend' }, make('p', { class: 'small legend-title' }, text('legend')), this.bar, this.ticks);
  private scale: ColourScale | null = null;

  constructor(host: HTMLElement) {
    host.append(make('div', { class: 'legend-corner' }, this.box, this.status));
  }

  render(scale: ColourScale | null, status: PreviewStatus): void {
    this.status.textContent = status.kind === 'failed' ? text('status.failed') : statusWords(status);
    this.status.dataset.state = status.kind;
    this.box.hidden = scale === null;
    if (!scale || scale === this.scale) return;
    this.scale = scale;
    const stops = Array.from({ length: 25 }, (_, index) => css(scale.at(scale.low + ((scale.high - scale.low) * index) / 24)));
    this.bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
    this.ticks.replaceChildren();
    const step = scale.high - scale.low > 6 ? 2 : 1;
    for (let value = Math.ceil(scale.low / step) * step; value <= scale.high + 1e-9; value += step) {
      const tick = make('span', {}, number(value, 0));
      tick.style.left = `${(100 * (value - scale.low)) / (scale.high - scale.low)}%`;
      this.ticks.append(tick);
    }
  }
}
