// What the server says of scans, plans and predictions (docs/api.md, docs/formats/plan.md). Lengths mm, forces N, patient frame.
import type { Vec3 } from '../scene/vectors';
import type { Landmark, Laxity, Scan, Sex } from '../shared/scan';

export type { Landmark, Laxity, Scan, Sex };
export type Material = 'PDO' | 'PLLA' | 'PCL' | 'PLCL';
export type Barbs = 'cut' | 'moulded' | 'cone' | 'none';
export type Direction = 'bidirectional' | 'unidirectional';
export type Anchor = 'selfAnchored' | 'fixed';

export interface PlannedThread {
  id: string;
  material: Material;
  diameterMm: number;
  barbs: Barbs;
  barbsPerCm: number;
  direction: Direction;
  anchor: Anchor;
  /** Points on the skin above the thread, entry first. */
  path: Vec3[];
  depthMm: number;
  /** Exactly one of gatherMm and pullN is a number. */
  gatherMm: number | null;
  pullN: number | null;
  reason: string;
}

export interface Patient {
  ageYears: number;
  sex: Sex;
  laxity: Laxity;
  smoker: boolean;
}

/** Exactly a plan file. */
export interface PlanDraft {
  schemaVersion: number;
  scan: { path: string; sha256: string; unit: string; up: string; front: string };
  patient: Patient;
  area: string;
  landmarks: Landmark[];
  targets: { landmark: string; vector: Vec3 }[];
  threads: PlannedThread[];
  aftercare: 'asAdvised' | 'partial' | 'poor';
  seed: number;
  warnings: string[];
}

export interface PlanVersion {
  id: string;
  number: number;
  note: string;
  createdAt: string;
}

export interface PredictionState {
  id: string;
  planId: string;
  version: number;
  months: number;
  state: 'open' | 'done' | 'failed' | 'cancelled';
  fraction: number;
  step: string;
  problem: string | null;
  createdAt: string;
  endedAt: string | null;
}

export interface Plan {
  id: string;
  scanId: string;
  name: string;
  revision: number;
  createdAt: string;
  changedAt: string;
  draft: PlanDraft;
  versions: PlanVersion[];
  predictions: PredictionState[];
}

export interface DangerZone {
  structure: string;
  /** The structure in the page's language. */
  name: string;
  source: string;
  reachMm: number;
  depthKnown: boolean;
  course: Vec3[];
  leastDepthMm: number[] | null;
}

export interface ZoneWarning {
  threadId: string;
  /** Structure and reason as they stand in a plan's warnings, in English. */
  structure: string;
  reason: string;
  /** The same in the page's language. */
  name: string;
  why: string;
  source: string;
  depthKnown: boolean;
}
