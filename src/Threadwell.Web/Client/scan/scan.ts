// A scan as the API tells it (docs/api.md), and what the page knows besides.
import type { Vec3 } from '../scene/vectors';

export type Body = 'head' | 'torso';

/** A named point on the skin, mm, patient frame; confidence 1 where a person placed it. */
export interface Landmark {
  name: string;
  position: Vec3;
  confidence: number;
}

export interface Scan {
  id: string;
  name: string;
  origin: 'sample' | 'uploaded';
  body: Body;
  fileName: string;
  unit: string;
  unitInferred: boolean;
  up: string;
  front: string;
  remarks: string[];
  landmarks: Landmark[];
  confirmed: boolean;
  ageYears: number | null;
  sex: string | null;
  laxity: string | null;
  smoker: boolean;
  surfaceVersion: string;
  pictureVersion: string;
  revision: number;
  plans: number;
}

export interface ScanFacts {
  scan: Scan;
  landmarks: Record<Body, { paired: string[]; midline: string[] }>;
  /** A landmark further off the skin is refused, mm. */
  farthestLandmarkMm: number;
  /** Usual distance of the outer corners of the eyes, mm. */
  eyes: { lowMm: number; highMm: number; source: string };
}
