// Distances on the skin for what is tinted and hatched there, one a vertex, mm; negative inside.
import { FAR_MM } from '../scene/skin-material';
import type { Vec3 } from '../scene/vectors';
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

// Numbers alone inside: it runs over every vertex after each edit.
function bandDistances(positions: Float32Array, bands: readonly { line: readonly Vec3[]; reach: number }[]): Float32Array {
  const distances = new Float32Array(positions.length / 3).fill(FAR_MM);
  for (const { line, reach } of bands) {
    if (line.length === 0) continue;
    const margin = reach + FAR_MM;
    const [lowX, lowY, lowZ] = [0, 1, 2].map((axis) => Math.min(...line.map((point) => point[axis])) - margin);
    const [highX, highY, highZ] = [0, 1, 2].map((axis) => Math.max(...line.map((point) => point[axis])) + margin);
    const flat = new Float64Array(line.flat());
    for (let vertex = 0; vertex < distances.length; vertex++) {
      const x = positions[3 * vertex];
      const y = positions[3 * vertex + 1];
      const z = positions[3 * vertex + 2];
      if (x < lowX || x > highX || y < lowY || y > highY || z < lowZ || z > highZ) continue;
      const away = Math.sqrt(squaredDistance(x, y, z, flat)) - reach;
      if (away < distances[vertex]) distances[vertex] = away;
    }
  }
  return distances;
}

// From a point to a line of x, y, z after one another.
function squaredDistance(x: number, y: number, z: number, line: Float64Array): number {
  let best = (x - line[0]) ** 2 + (y - line[1]) ** 2 + (z - line[2]) ** 2;
  for (let at = 3; at < line.length; at += 3) {
    const px = x - line[at - 3];
    const py = y - line[at - 2];
    const pz = z - line[at - 1];
    const dx = line[at] - line[at - 3];
    const dy = line[at + 1] - line[at - 2];
    const dz = line[at + 2] - line[at - 1];
    const squared = dx * dx + dy * dy + dz * dz;
    const t = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy + pz * dz) / squared)) : 0;
    const away = (px - t * dx) ** 2 + (py - t * dy) ** 2 + (pz - t * dz) ** 2;
    if (away < best) best = away;
  }
  return best;
}
