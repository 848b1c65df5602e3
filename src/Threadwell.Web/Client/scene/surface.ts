// The scan's surface: read from a GLB in metres, kept in mm in the scan's own vertex order, with smooth normals.

/** A triangle surface, mm. */
export interface Surface {
  /** Three a vertex. */
  positions: Float32Array;
  /** Three a triangle. */
  triangles: Uint32Array;
}

interface GlbHeader {
  accessors: { bufferView: number; byteOffset?: number; componentType: number; count: number }[];
  bufferViews: { byteOffset?: number; byteLength: number; byteStride?: number }[];
  meshes: { primitives: { attributes: { POSITION: number }; indices: number }[] }[];
}

const JSON_CHUNK = 0x4e4f534a;

/** Reads the one mesh of a GLB (Khronos glTF 2.0, binary container), metres to mm. */
export function readGlb(buffer: ArrayBuffer): Surface {
  const view = new DataView(buffer);
  if (view.getUint32(0, true) !== 0x46546c67 || view.getUint32(16, true) !== JSON_CHUNK) throw new Error('The surface is no GLB.');
  const jsonLength = view.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 20, jsonLength))) as GlbHeader;
  const binary = 20 + jsonLength + 8;
  const primitive = header.meshes[0].primitives[0];
  return { positions: readPositions(view, header, binary, primitive.attributes.POSITION), triangles: readIndices(view, header, binary, primitive.indices) };
}

function readPositions(view: DataView, header: GlbHeader, binary: number, index: number): Float32Array {
  const accessor = header.accessors[index];
  const part = header.bufferViews[accessor.bufferView];
  const start = binary + (part.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
  const stride = part.byteStride ?? 12;
  const positions = new Float32Array(3 * accessor.count);
  for (let vertex = 0; vertex < accessor.count; vertex++) {
    for (let axis = 0; axis < 3; axis++) positions[3 * vertex + axis] = 1000 * view.getFloat32(start + vertex * stride + 4 * axis, true);
  }
  return positions;
}

function readIndices(view: DataView, header: GlbHeader, binary: number, index: number): Uint32Array {
  const accessor = header.accessors[index];
  const part = header.bufferViews[accessor.bufferView];
  const start = binary + (part.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
  const triangles = new Uint32Array(accessor.count);
  const short = accessor.componentType === 5123;
  for (let at = 0; at < accessor.count; at++) triangles[at] = short ? view.getUint16(start + 2 * at, true) : view.getUint32(start + 4 * at, true);
  return triangles;
}

/** Smooth normals, updated where the surface moved alone: two passes over the triangles, nothing allocated. */
export class SmoothNormals {
  private readonly touched: Uint8Array;

  constructor(private readonly triangles: Uint32Array, private readonly normals: Float32Array) {
    this.touched = new Uint8Array(normals.length / 3);
  }

  /** Normals of the vertices whose triangles hold a vertex with moved[vertex] ≠ 0; of all where moved is null. */
  update(positions: Float32Array, moved: Uint8Array | null): void {
    const { triangles, touched, normals } = this;
    if (moved === null) {
      touched.fill(1);
    } else {
      touched.fill(0);
      for (let at = 0; at < triangles.length; at += 3) {
        if (moved[triangles[at]] | moved[triangles[at + 1]] | moved[triangles[at + 2]]) {
          touched[triangles[at]] = touched[triangles[at + 1]] = touched[triangles[at + 2]] = 1;
        }
      }
    }
    for (let vertex = 0; vertex < touched.length; vertex++) {
      if (touched[vertex]) normals[3 * vertex] = normals[3 * vertex + 1] = normals[3 * vertex + 2] = 0;
    }
    for (let at = 0; at < triangles.length; at += 3) this.addTriangle(positions, 3 * triangles[at], 3 * triangles[at + 1], 3 * triangles[at + 2]);
    for (let vertex = 0; vertex < touched.length; vertex++) {
      if (!touched[vertex]) continue;
      const at = 3 * vertex;
      const length = Math.sqrt(normals[at] ** 2 + normals[at + 1] ** 2 + normals[at + 2] ** 2) || 1;
      normals[at] /= length;
      normals[at + 1] /= length;
      normals[at + 2] /= length;
    }
  }

  // Weighted by the triangle's area.
  private addTriangle(p: Float32Array, a: number, b: number, c: number): void {
    const { touched, normals } = this;
    const ta = touched[a / 3];
    const tb = touched[b / 3];
    const tc = touched[c / 3];
    if (!(ta | tb | tc)) return;
    const ux = p[b] - p[a];
    const uy = p[b + 1] - p[a + 1];
    const uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a];
    const vy = p[c + 1] - p[a + 1];
    const vz = p[c + 2] - p[a + 2];
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    if (ta) { normals[a] += nx; normals[a + 1] += ny; normals[a + 2] += nz; }
    if (tb) { normals[b] += nx; normals[b + 1] += ny; normals[b + 2] += nz; }
    if (tc) { normals[c] += nx; normals[c + 1] += ny; normals[c + 2] += nz; }
  }
}

/**
 * How hollow the surface is at each vertex, from 0 (flat or bulging) to 1 (a fold): the way from the vertex to the smoothed surface along its normal. The light
 * that reaches a fold from around is less, which is what makes folds, eyes and ears readable under a soft light.
 */
export function hollowness(surface: Surface, normals: Float32Array, passes = 8, fullMm = 1.6): Float32Array {
  const { positions, triangles } = surface;
  const count = positions.length / 3;
  let from = positions.slice();
  let to = new Float32Array(positions.length);
  const weight = new Uint16Array(count);
  for (let at = 0; at < triangles.length; at++) weight[triangles[at]] += 2;
  for (let pass = 0; pass < passes; pass++) {
    to.fill(0);
    for (let at = 0; at < triangles.length; at += 3) {
      const a = 3 * triangles[at];
      const b = 3 * triangles[at + 1];
      const c = 3 * triangles[at + 2];
      for (let axis = 0; axis < 3; axis++) {
        const pa = from[a + axis];
        const pb = from[b + axis];
        const pc = from[c + axis];
        to[a + axis] += pb + pc;
        to[b + axis] += pa + pc;
        to[c + axis] += pa + pb;
      }
    }
    for (let at = 0; at < to.length; at++) to[at] /= weight[(at / 3) | 0] || 1;
    [from, to] = [to, from];
  }
  const hollow = new Float32Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    const at = 3 * vertex;
    const outward = (from[at] - positions[at]) * normals[at] + (from[at + 1] - positions[at + 1]) * normals[at + 1] + (from[at + 2] - positions[at + 2]) * normals[at + 2];
    hollow[vertex] = Math.min(1, Math.max(0, outward / fullMm));
  }
  return hollow;
}
