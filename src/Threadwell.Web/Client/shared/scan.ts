// A scan as the API tells it (docs/api.md). Lengths mm, patient frame.
import type { Vec3 } from '../scene/vectors';

export type Body = 'head' | 'torso';
export type Sex = 'female' | 'male';
export type Laxity = 'none' | 'mild' | 'moderate' | 'marked' | 'severe';

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
  sex: Sex | null;
  laxity: Laxity | null;
  smoker: boolean;
  surfaceVersion: string;
  pictureVersion: string;
  createdAt: string;
  revision: number;
  plans: number;
}
