// Distances on the skin for what is tinted and hatched there, one a vertex, mm; negative inside.
import { FAR_MM } from '../scene/skin-material';
import { distanceToPath, type Vec3 } from '../scene/vectors';
import type { DangerZone, PlanDraft } from './types';

// No address tells the treated region while nothing is computed yet: skin within this distance of a thread or target is shown as it, mm.
const AREA_REACH_MM = 20;

/** The band round the plan's threads and targets. It shows where the plan works; the engine's own region is wider and is built with the first preview. */
export function areaDistances(positions: Float32Array, draft: PlanDraft): Float32Array {
  const lines: Vec3[][] = draft.threads.map((thread) => [...thread.path]);
  for (const target of draft.targets) {
    const landmark = draft.landmarks.find((candidate) => candidate.name === target.landmark);
    if (landmark) lines.push([landmark.position]);
  }
  return bandDistances(positions, lines.map((line) => ({ line, reach: AREA_REACH_MM })));
}

/** The bands in which the structures of the zones may lie. */
export function zoneDistances(positions: Float32Array, zones: readonly DangerZone[]): Float32Array {
  return bandDistances(positions, zones.map((zone) => ({ line: zone.course, reach: zone.reachMm })));
}

function bandDistances(positions: Float32Array, bands: readonly { line: readonly Vec3[]; reach: number }[]): Float32Array {
  const distances = new Float32Array(positions.length / 3).fill(FAR_MM);
  for (const { line, reach } of bands) {
    if (line.length === 0) continue;
    const margin = reach + FAR_MM;
    const low = [0, 1, 2].map((axis) => Math.min(...line.map((point) => point[axis])) - margin);
    const high = [0, 1, 2].map((axis) => Math.max(...line.map((point) => point[axis])) + margin);
    for (let vertex = 0; vertex < distances.length; vertex++) {
      const x = positions[3 * vertex];
      const y = positions[3 * vertex + 1];
      const z = positions[3 * vertex + 2];
      if (x < low[0] || x > high[0] || y < low[1] || y > high[1] || z < low[2] || z > high[2]) continue;
      const away = distanceToPath([x, y, z], line) - reach;
      if (away < distances[vertex]) distances[vertex] = away;
    }
  }
  return distances;
}
