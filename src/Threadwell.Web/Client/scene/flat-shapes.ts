import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, MeshBasicMaterial } from 'three';
import type { Rgb } from './colour-scale';
import { add, cross, norm, scale, subtract, unit, type Vec3 } from './vectors';

// Drawn as if this much nearer to the viewer, mm: what lies under the skin shows through it, and what lies behind the head stays hidden.
const THROUGH_SKIN_MM = 10;
const ROUND = 7;

/** Unlit shapes in the picture: tubes, rings, ticks and dots in one mesh, made anew when they change. Lengths mm. */
export class FlatShapes {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  private places: number[] = [];
  private colours: number[] = [];
  private corners: number[] = [];

  /** @param opacity Of all shapes, 0 to 1. */
  constructor(opacity: number, order: number) {
    const material = new MeshBasicMaterial({ vertexColors: true, transparent: opacity < 1, opacity, side: DoubleSide, depthWrite: opacity === 1 });
    material.onBeforeCompile = (shader) => {
      shader.vertexShader = shader.vertexShader.replace(
        '#include <project_vertex>',
        `#include <project_vertex>
        vec4 nearer = projectionMatrix * vec4( mvPosition.xyz * ( 1.0 - ${THROUGH_SKIN_MM.toFixed(1)} / length( mvPosition.xyz ) ), 1.0 );
        gl_Position.z = nearer.z / nearer.w * gl_Position.w;`,
      );
    };
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.renderOrder = order;
    this.mesh.frustumCulled = false;
  }

  clear(): void {
    this.places = [];
    this.colours = [];
    this.corners = [];
  }

  /** Shows what was added since clear(). */
  finish(): void {
    this.mesh.geometry.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.places), 3));
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(this.colours), 3));
    geometry.setIndex(this.corners);
    this.mesh.geometry = geometry;
    this.mesh.visible = this.corners.length > 0;
  }

  private vertex(place: Vec3, colour: Rgb): number {
    this.places.push(place[0], place[1], place[2]);
    this.colours.push(colour[0], colour[1], colour[2]);
    return this.places.length / 3 - 1;
  }

  /** A round line. */
  tube(path: readonly Vec3[], radius: number, colour: Rgb): void {
    const start = this.places.length / 3;
    let side: Vec3 = [0, 0, 0];
    path.forEach((place, index) => {
      const along = unit(subtract(path[Math.min(index + 1, path.length - 1)], path[Math.max(index - 1, 0)]));
      // The side is carried on, so that the tube does not twist.
      const carried = index === 0 ? cross(along, Math.abs(along[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]) : cross(along, cross(side, along));
      side = norm(carried) > 1e-9 ? unit(carried) : side;
      const other = cross(along, side);
      for (let corner = 0; corner < ROUND; corner++) {
        const turn = (2 * Math.PI * corner) / ROUND;
        this.vertex(add(place, add(scale(side, radius * Math.cos(turn)), scale(other, radius * Math.sin(turn)))), colour);
      }
    });
    for (let ring = 0; ring + 1 < path.length; ring++) {
      for (let corner = 0; corner < ROUND; corner++) {
        const a = start + ring * ROUND + corner;
        const b = start + ring * ROUND + ((corner + 1) % ROUND);
        this.corners.push(a, b, a + ROUND, b, b + ROUND, a + ROUND);
      }
    }
  }

  /** A flat ring round a normal. */
  ring(centre: Vec3, normal: Vec3, inner: number, outer: number, colour: Rgb): void {
    const side = unit(cross(normal, Math.abs(normal[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]));
    const other = cross(normal, side);
    const count = 28;
    const start = this.places.length / 3;
    for (let corner = 0; corner < count; corner++) {
      const turn = (2 * Math.PI * corner) / count;
      const out = add(scale(side, Math.cos(turn)), scale(other, Math.sin(turn)));
      this.vertex(add(centre, scale(out, inner)), colour);
      this.vertex(add(centre, scale(out, outer)), colour);
    }
    for (let corner = 0; corner < count; corner++) {
      const a = start + 2 * corner;
      const b = start + 2 * ((corner + 1) % count);
      this.corners.push(a, a + 1, b, a + 1, b + 1, b);
    }
  }

  triangle(a: Vec3, b: Vec3, c: Vec3, colour: Rgb): void {
    this.corners.push(this.vertex(a, colour), this.vertex(b, colour), this.vertex(c, colour));
  }

  /** An arrow with a round head. */
  arrow(from: Vec3, direction: Vec3, length: number, radius: number, colour: Rgb): void {
    const along = unit(direction);
    const neck = add(from, scale(along, length - 5 * radius));
    this.tube([from, neck], radius, colour);
    const side = unit(cross(along, Math.abs(along[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]));
    const other = cross(along, side);
    const tip = add(from, scale(along, length));
    for (let corner = 0; corner < ROUND; corner++) {
      const at = (turn: number): Vec3 => add(neck, add(scale(side, 2.8 * radius * Math.cos(turn)), scale(other, 2.8 * radius * Math.sin(turn))));
      this.triangle(at((2 * Math.PI * corner) / ROUND), at((2 * Math.PI * (corner + 1)) / ROUND), tip, colour);
    }
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
