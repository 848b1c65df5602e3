// A prediction file (docs/formats/prediction.md), and the means that its chart and words are made of.
import { daysPerMonth, moment, valueAt } from './time';

export interface LandmarkCourse {
  name: string;
  vector: number[];
  liftMm: number[];
  untreatedMm: number[];
}

export interface ThreadCourse {
  id: string;
  strength: number[];
  stiffness: number[];
  mass: number[];
  tensionN: number[];
  collagen: number[];
  elastin: number[];
  slippedBarbs: number[];
}

/** Months, or null for "not reached in the time simulated". */
export interface PredictionSummary {
  liftNowMm: number;
  liftHalfLifeMonths: number | null;
  liftEndMonths: number | null;
  visibleLiftEndMonths: number | null;
  visibleThresholdMm: number;
  supportHalfLifeMonths: number | null;
  supportEndMonths: number | null;
  backToDayZeroMonths: number | null;
  simulatedMonths: number;
}

/** Percentiles of many curves at each stored time. */
export interface CurveBand {
  low90: number[];
  low50: number[];
  median: number[];
  high50: number[];
  high90: number[];
}

/** Percentiles of a number of the summary; null is "beyond the time simulated". */
export interface NumberBand {
  low90: number | null;
  high90: number | null;
}

/** How far other courses go that the uncertainty of every number allows. */
export interface Ensemble {
  samples: number;
  facts: number;
  meanLiftMm: CurveBand;
  meanPositionMm: CurveBand;
  meanUntreatedMm: CurveBand;
  supportIndex: CurveBand;
  /** Of support less untreated support; not there in predictions from before it was told. */
  supportGain?: CurveBand | null;
  summary: Record<
    'liftNowMm' | 'liftHalfLifeMonths' | 'liftEndMonths' | 'visibleLiftEndMonths' | 'largestSupportGain' | 'supportHalfLifeMonths' | 'supportEndMonths' | 'backToDayZeroMonths',
    NumberBand
  >;
}

export interface PredictionDocument {
  modelVersion: string;
  inputSha256: string;
  timesDays: number[];
  landmarks: LandmarkCourse[];
  threads: ThreadCourse[];
  supportIndex: number[];
  untreatedSupportIndex: number[];
  summary: PredictionSummary;
  /** Not there where only the single course was computed. */
  ensemble?: Ensemble | null;
  warnings: string[];
}

/** The numbers of a moment; lengths mm, shares relative to 1. */
export interface CourseNumbers {
  month: number;
  lift: number;
  treated: number;
  untreated: number;
  support: number;
  untreatedSupport: number;
}

/** The course of a prediction: means over its landmarks, at its stored times and between them. */
export class Course {
  readonly months: number[];
  /** Mean lift against the untreated course, mm. */
  readonly lift: number[];
  /** Mean position of the untreated course against day 0, mm along the planned directions. */
  readonly untreated: number[];
  /** Mean position of the treated course against day 0, before treatment, mm. */
  readonly treated: number[];
  /** Support above the untreated course, a share of day 0. */
  readonly gain: number[];
  /** Length of the course, months. */
  readonly end: number;

  constructor(readonly document: PredictionDocument) {
    this.months = document.timesDays.map((days) => days / daysPerMonth);
    this.lift = mean(document, (landmark) => landmark.liftMm);
    this.untreated = mean(document, (landmark) => landmark.untreatedMm);
    this.treated = this.lift.map((lift, time) => lift + this.untreated[time]);
    this.gain = document.supportIndex.map((support, time) => support - document.untreatedSupportIndex[time]);
    this.end = document.summary.simulatedMonths;
  }

  /** The numbers at a month, linear between stored times. */
  at(month: number): CourseNumbers {
    const at = moment(this.months, month);
    return {
      month,
      lift: valueAt(this.lift, at),
      treated: valueAt(this.treated, at),
      untreated: valueAt(this.untreated, at),
      support: valueAt(this.document.supportIndex, at),
      untreatedSupport: valueAt(this.document.untreatedSupportIndex, at),
    };
  }

  /** Largest support above the untreated course, a share of day 0. */
  largestGain(): number {
    return Math.max(0, ...this.gain);
  }
}

/** First month at which a falling list is below a level, linear between stored times; null where it never is. */
export function firstBelow(months: number[], values: number[], level: number): number | null {
  const index = values.findIndex((value) => value < level);
  if (index < 0) return null;
  if (index === 0) return months[0];
  const share = (values[index - 1] - level) / (values[index - 1] - values[index]);
  return months[index - 1] + share * (months[index] - months[index - 1]);
}

function mean(document: PredictionDocument, of: (landmark: LandmarkCourse) => number[]): number[] {
  return document.timesDays.map((_, time) => document.landmarks.reduce((sum, landmark) => sum + of(landmark)[time], 0) / Math.max(1, document.landmarks.length));
}
