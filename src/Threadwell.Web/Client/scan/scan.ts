// What the scan page knows besides its scan.
import type { Body, Landmark, Scan } from '../shared/scan';

export type { Body, Landmark, Scan };

export interface ScanFacts {
  scan: Scan;
  landmarks: Record<Body, { paired: string[]; midline: string[] }>;
  /** A landmark further off the skin is refused, mm. */
  farthestLandmarkMm: number;
  /** Usual distance of the outer corners of the eyes, mm. */
  eyes: { lowMm: number; highMm: number; source: string };
}
