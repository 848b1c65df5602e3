// The stored runs of the engine: curves by name and day, and what pictures show of them.

/** A picture of the face at a month. */
export interface Frame {
  month: number;
  address: string;
}

/** One run as the server tells it. */
export interface Run {
  days: number[];
  timesDays: number[];
  curves: Record<string, number[]>;
  courses: Record<string, number[]>;
  frames: Frame[];
}

/** What the server tells the page. */
export interface StoryFacts {
  months: number;
  symbols: number;
  mostConcentration: number;
  highestAtBarbs: number;
  highestBetween: number;
  width: number;
  height: number;
  before: string;
  runs: Run[];
}

export const daysPerMonth = 365.25 / 12;

// What is left to see of a thread that has lost its strength and keeps its mass; the server draws its pictures by the same rule.
const weakest = 0.2;

/** A curve at a day, linear between its times; its ends hold beyond them. */
export function at(days: number[], values: number[], day: number): number {
  const after = days.findIndex((time) => time >= day);
  if (after < 0) return values[values.length - 1];
  if (after === 0) return values[0];
  const share = (day - days[after - 1]) / (days[after] - days[after - 1]);
  return values[after - 1] + share * (values[after] - values[after - 1]);
}

export class Story {
  constructor(readonly facts: StoryFacts) {}

  /** A curve of a run ("strength", "lift") at a day. */
  value(run: number, name: string, day: number): number {
    const known = this.facts.runs[run];
    const values = known.curves[name];
    return values ? at(known.days, values, day) : at(known.timesDays, known.courses[name], day);
  }

  threadOpacity(run: number, day: number): number {
    return this.value(run, 'mass', day) * (weakest + (1 - weakest) * this.value(run, 'strength', day));
  }

  /** Strength of the two maps of collagen. */
  maps(run: number, day: number): { atBarbs: number; between: number } {
    const { highestAtBarbs, highestBetween, mostConcentration } = this.facts;
    return {
      atBarbs: (this.value(run, 'collagenAtBarb', day) * highestAtBarbs) / mostConcentration,
      between: (this.value(run, 'collagenBetween', day) * highestBetween) / mostConcentration,
    };
  }

  /** Cells or fibres to be drawn. */
  symbols(run: number, kind: string, day: number): number {
    const share = kind === 'fibres' ? this.value(run, 'collagenAtBarb', day) / this.mostCollagen : this.value(run, kind === 'builders' ? 'fibroblasts' : kind, day);
    return Math.round(this.facts.symbols * Math.min(1, share));
  }

  /** The pictures that a day lies between, and how far it is on the way to the second: as far as the lift is, so that the colour follows the curve. */
  frames(run: number, day: number): { from: Frame; to: Frame; share: number } {
    const { frames } = this.facts.runs[run];
    const month = day / daysPerMonth;
    const after = frames.findIndex((frame) => frame.month >= month);
    if (after === 0) return { from: frames[0], to: frames[0], share: 0 };
    if (after < 0) return { from: frames[frames.length - 1], to: frames[frames.length - 1], share: 0 };
    const [from, to] = [frames[after - 1], frames[after]];
    const [begins, ends] = [from, to].map((frame) => this.value(run, 'lift', frame.month * daysPerMonth));
    const share = Math.abs(ends - begins) > 1e-6 ? (this.value(run, 'lift', day) - begins) / (ends - begins) : (month - from.month) / (to.month - from.month);
    return { from, to, share: Math.min(1, Math.max(0, share)) };
  }

  private get mostCollagen(): number {
    return Math.max(...this.facts.runs.flatMap((run) => run.curves.collagenAtBarb));
  }
}

/** The story of what the server tells. */
export const story = (known: StoryFacts): Story => new Story(known);
