// The colours of movement in mm, the same as in the server's pictures and reports: built in Oklab (B. Ottosson, "A perceptual color space
// for image processing", 2020) with equal steps of lightness, so that they read the same without colour vision and in a grey print.

/** Linear sRGB, 0 to 1. */
export type Rgb = readonly [number, number, number];

const STEPS = 256;

// The colour of zero is that of the uncoloured skin, so that what does not move looks untouched.
const ZERO = { lightness: 0.845, chroma: 0.052, hue: 58 };

function fromOklab(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  ];
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const mix = (a: Rgb, b: Rgb, t: number): Rgb => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];

/** Linear sRGB of lightness, chroma and hue in degrees; the chroma is reduced until the colour can be shown. */
export function fromLightnessChromaHue(lightness: number, chroma: number, hueDegrees: number): Rgb {
  const hue = (hueDegrees * Math.PI) / 180;
  let linear: Rgb = [0, 0, 0];
  for (let attempt = 0; attempt < 32; attempt++) {
    linear = fromOklab(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
    if (Math.min(...linear) >= 0 && Math.max(...linear) <= 1) break;
    chroma *= 0.94;
  }
  return [clamp(linear[0]), clamp(linear[1]), clamp(linear[2])];
}

/** Linear sRGB of skin without a value. */
export const SKIN: Rgb = fromLightnessChromaHue(ZERO.lightness, ZERO.chroma, ZERO.hue);

/** Encodes one linear component as sRGB (IEC 61966-2-1). */
export const encode = (linear: number): number => (linear <= 0.0031308 ? 12.92 * Math.max(linear, 0) : 1.055 * Math.min(linear, 1) ** (1 / 2.4) - 0.055);

/** A colour of linear sRGB as CSS writes it. */
export const css = (colour: Rgb): string => `rgb(${colour.map((part) => Math.round(255 * encode(part))).join(' ')})`;

/** Colours for a range of values. */
export class ColourScale {
  private constructor(
    /** Value of the first colour. */
    readonly low: number,
    /** Value of the last colour. */
    readonly high: number,
    private readonly colours: readonly Rgb[],
    /** Distance of contour lines in the values' unit; 0 for none. */
    readonly contourStep: number,
  ) {}

  /** Skin colour at zero, through teal to deep blue above it and through ochre to brown below; low ≤ 0 ≤ high. */
  static movement(low: number, high: number, contourStep = 0): ColourScale {
    checkRange(low, high);
    if (low > 0 || high < 0) throw new RangeError('A scale of movement holds zero.');
    const reach = Math.max(-low, high);
    const colours = Array.from({ length: STEPS }, (_, step): Rgb => {
      const value = low + ((high - low) * step) / (STEPS - 1);
      const strength = Math.abs(value) / reach;
      const lightness = ZERO.lightness - (ZERO.lightness - 0.36) * strength;
      const arm = value >= 0
        ? fromLightnessChromaHue(lightness, 0.075 + 0.055 * strength, 172 + 83 * strength)
        : fromLightnessChromaHue(lightness, 0.1 + 0.02 * strength, 62 - 25 * strength);
      // The first fifth leaves the skin's colour gradually.
      const leave = Math.min(1, strength / 0.22);
      return mix(SKIN, arm, leave * leave * (3 - 2 * leave));
    });
    return new ColourScale(low, high, colours, contourStep);
  }

  /** Indigo through teal to yellow, dark to light, for values of one sign. */
  static sequential(low: number, high: number, contourStep = 0): ColourScale {
    checkRange(low, high);
    const colours = Array.from({ length: STEPS }, (_, step): Rgb => {
      const t = step / (STEPS - 1);
      return fromLightnessChromaHue(0.3 + 0.62 * t, 0.1 + 0.06 * t, 285 - 180 * t);
    });
    return new ColourScale(low, high, colours, contourStep);
  }

  /** Skin colour at zero, warmer and darker amber up to a value, for what grows in the tissue. */
  static tint(high: number): ColourScale {
    checkRange(0, high);
    const colours = Array.from({ length: STEPS }, (_, step): Rgb => {
      const strength = step / (STEPS - 1);
      return mix(SKIN, fromLightnessChromaHue(ZERO.lightness - 0.3 * strength, 0.15, 60 - 8 * strength), Math.min(1, 1.6 * strength));
    });
    return new ColourScale(0, high, colours, 0);
  }

  /** Linear sRGB of a value; one outside the scale takes the colour of the nearer end. */
  at(value: number): Rgb {
    const position = clamp((value - this.low) / (this.high - this.low)) * (STEPS - 1);
    const index = Math.min(Math.floor(position), STEPS - 2);
    return mix(this.colours[index], this.colours[index + 1], position - index);
  }

  /** Writes linear sRGB of one value a vertex; not-a-number is skin. Allocates nothing. */
  fill(values: Float32Array, colours: Float32Array): void {
    const last = STEPS - 1;
    const perUnit = last / (this.high - this.low);
    for (let vertex = 0; vertex < values.length; vertex++) {
      const value = values[vertex];
      const position = (value - this.low) * perUnit;
      const colour = value === value ? this.colours[position <= 0 ? 0 : position >= last ? last : Math.round(position)] : SKIN;
      colours[3 * vertex] = colour[0];
      colours[3 * vertex + 1] = colour[1];
      colours[3 * vertex + 2] = colour[2];
    }
  }
}

function checkRange(low: number, high: number): void {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) throw new RangeError('A colour scale needs a finite range above zero length.');
}
