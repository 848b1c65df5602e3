// How far a step has been scrolled through, from 0 to 1.

/**
 * Beside the picture, the motion takes the middle of the way on which the words pass the middle of the screen; above it, it runs from where the whole picture has come in to the end of the step.
 * Both ends hold a while, so that the first and the last picture can be looked at.
 * @param top Upper edge of the words or the step, pixels from the screen's.
 * @param bottom Lower edge.
 * @param height Height of the screen.
 * @param beside Whether the picture stands beside the words.
 */
export function progress(top: number, bottom: number, height: number, beside: boolean): number {
  const [begins, ends] = beside ? [top + 0.15 * (bottom - top), top + 0.8 * (bottom - top)] : [bottom - 1.35 * height, bottom - 0.5 * height];
  return Math.round(1000 * Math.min(1, Math.max(0, (height / 2 - begins) / (ends - begins)))) / 1000;
}
