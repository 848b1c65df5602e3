// Scales of the colourings and the bar that explains them.
import { css, ColourScale } from '../scene/colour-scale';
import { number, text } from '../shared/page';
import { make } from '../shared/dom';
import type { Colouring, Extent } from './motion';

/** A scale that holds all extents: whole millimetres, and never so narrow that noise looks like lift. */
export function scaleOf(colouring: Colouring, extents: Extent[]): ColourScale | null {
  if (colouring === 'none' || extents.length === 0) return null;
  const high = Math.max(0, ...extents.map((extent) => extent.high));
  const low = Math.min(0, ...extents.map((extent) => extent.low));
  if (colouring === 'collagen') return ColourScale.tint(Math.max(0.05, Math.ceil(20 * high) / 20));
  return ColourScale.movement(low < -0.25 ? Math.floor(2 * low) / 2 : 0, Math.max(1, Math.ceil(high)), 1);
}

/** The bar of a scale with its numbers. */
export function scaleBar(colouring: Exclude<Colouring, 'none'>, scale: ColourScale): HTMLElement {
  const { low, high } = scale;
  const bar = make('div', { class: 'scale-bar' });
  const stops = Array.from({ length: 33 }, (_, step) => css(scale.at(low + ((high - low) * step) / 32)));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  const percent = colouring === 'collagen';
  const step = percent ? high / 2 : high - low > 6 ? 2 : 1;
  const ticks: HTMLElement[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high + 1e-9; value += step) {
    const tick = make('span', {}, percent ? number(100 * value, Number.isInteger(Math.round(1e6 * 100 * value) / 1e6) ? 0 : 1) : number(value, 0));
    tick.style.setProperty('--at', String((value - low) / (high - low)));
    ticks.push(tick);
  }
  return make('figure', { class: 'scale' }, bar, make('div', { class: 'scale-ticks', 'aria-hidden': true }, ...ticks), make('figcaption', {}, text(`years.scale.${colouring}`)));
}
