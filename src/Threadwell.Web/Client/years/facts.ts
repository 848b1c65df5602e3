// What sources say of the course after a thread lift: the server reads it from its catalogue of evidence, no script holds such a number.

/** Months with the evidence row they come from; without an upper end "at least". */
export interface MonthsRange {
  lowMonths: number;
  highMonths: number | null;
  source: string;
}

export interface CourseFacts {
  advice: MonthsRange;
  measured: MonthsRange;
  measurableMm: number;
  measurableSource: string;
  visibleMm: number;
  /** Support nearer to untreated than this share cannot be told from it. */
  supportMargin: number;
  /** By the material's abbreviation. */
  dissolving: Record<string, MonthsRange | undefined>;
}
