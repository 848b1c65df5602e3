import { BufferAttribute, BufferGeometry, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import type { Surface } from './surface';
import { distance, type Vec3 } from './vectors';

/** A point of the rest surface, mm. */
export interface Picked {
  point: Vec3;
  normal: Vec3;
  /** The nearest vertex. */
  vertex: number;
}

/** Finds places of the surface at rest. The search tree is built when it is first needed. */
export class SkinSearch {
  private bvh: MeshBVH | null = null;

  constructor(private readonly surface: Surface, private readonly normals: Float32Array) {}

  /** Whether the tree is built. */
  get ready(): boolean {
    return this.bvh !== null;
  }

  /** Builds the tree now. */
  prepare(): MeshBVH {
    if (!this.bvh) {
      const rest = new BufferGeometry();
      rest.setAttribute('position', new BufferAttribute(this.surface.positions, 3));
      // The tree orders its own copy of the triangles.
      rest.setIndex(new BufferAttribute(this.surface.triangles.slice(), 1));
      this.bvh = new MeshBVH(rest);
    }
    return this.bvh;
  }

  /** The first skin on a ray; null where there is none. */
  cast(ray: Ray): Picked | null {
    const hit = this.prepare().raycastFirst(ray, undefined);
    return hit && hit.faceIndex !== undefined && hit.faceIndex !== null ? this.at([hit.point.x, hit.point.y, hit.point.z], hit.faceIndex) : null;
  }

  /** The point of the skin nearest to a point. */
  nearest(point: Vec3): Picked {
    const hit = this.prepare().closestPointToPoint(new Vector3(...point))!;
    return this.at([hit.point.x, hit.point.y, hit.point.z], hit.faceIndex);
  }

  /** The skin that a line through a point meets nearest to that point, along a direction either way; null where it meets none within the reach, mm. */
  along(point: Vec3, direction: Vec3, reachMm: number): Picked | null {
    let best: Picked | null = null;
    for (const sense of [1, -1]) {
      const ray = new Ray(new Vector3(...point), new Vector3(sense * direction[0], sense * direction[1], sense * direction[2]).normalize());
      for (const hit of this.prepare().raycast(ray, 2)) {
        if (hit.faceIndex === undefined || hit.faceIndex === null || hit.distance > reachMm) continue;
        const found = this.at([hit.point.x, hit.point.y, hit.point.z], hit.faceIndex);
        if (!best || distance(found.point, point) < distance(best.point, point)) best = found;
      }
    }
    return best;
  }

  /** Whether skin lies between an eye and a point, more than a tolerance in front of the point, mm. */
  hides(eye: Vector3, point: Vector3, toleranceMm: number): boolean {
    const away = point.clone().sub(eye);
    const length = away.length();
    const hit = this.prepare().raycastFirst(new Ray(eye, away.normalize()), undefined);
    return hit !== null && hit.distance < length - toleranceMm;
  }

  private at(point: Vec3, face: number): Picked {
    const index = this.prepare().geometry.index!;
    const { positions } = this.surface;
    let vertex = 0;
    let least = Infinity;
    for (let corner = 0; corner < 3; corner++) {
      const candidate = index.getX(3 * face + corner);
      const away = distance(point, [positions[3 * candidate], positions[3 * candidate + 1], positions[3 * candidate + 2]]);
      if (away < least) {
        least = away;
        vertex = candidate;
      }
    }
    return { point, normal: [this.normals[3 * vertex], this.normals[3 * vertex + 1], this.normals[3 * vertex + 2]], vertex };
  }
}
