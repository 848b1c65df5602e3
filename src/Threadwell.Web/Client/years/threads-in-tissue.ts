// Threads and new collagen drawn in the tissue: a thread fades with its strength and is gone with its mass; collagen grows along its path as a soft warm band.
import { BufferAttribute, CatmullRomCurve3, Color, Group, Mesh, ShaderMaterial, TubeGeometry, Vector3, type BufferGeometry } from 'three';
import type { ThreadCourse } from './document';
import type { ThreadPath } from './fields';
import type { Motion } from './motion';
import { moment, valueAt } from './time';

// Drawn wider than it is, so that it can be seen: a thread of 0.3 mm would be less than a pixel.
const threadRadiusMm = 0.55;
const collagenRadiusMm = 2.4;
// Threads lie up to this far under the skin that they are seen through; farther, and the head hides them.
const seenThroughMm = 9;
const sides = 10;
const spacingMm = 1.5;
const strongestBand = 0.75;
// What is left to see of a thread that has lost its strength and keeps its mass.
const weakest = 0.2;

/** The threads of one course. */
export class ThreadsInTissue {
  readonly group = new Group();
  private readonly tubes: { thread: ThreadCourse; fibre: Tube; sleeve: Tube }[] = [];
  private readonly mostCollagen: number;

  /**
   * @param paths Where the threads lie before they are pulled, mm.
   * @param courses Their state over time; found by id.
   * @param times The times of the states, in any unit that `show` uses too.
   * @param motion The skin that they move with.
   * @param mostCollagen New collagen at which the band is strongest, mg/mm.
   */
  constructor(paths: ThreadPath[], courses: ThreadCourse[], private readonly times: number[], motion: Motion, mostCollagen: number) {
    this.mostCollagen = mostCollagen;
    for (const { id, path } of paths) {
      const thread = courses.find((course) => course.id === id);
      if (!thread || path.length < 2) continue;
      const curve = new CatmullRomCurve3(path.map((point) => new Vector3(...point)));
      const rings = Math.max(2, Math.ceil(curve.getLength() / spacingMm));
      const anchors = Uint32Array.from({ length: rings + 1 }, (_, ring) => motion.nearest(curve.getPointAt(ring / rings).toArray()));
      const sleeve = new Tube(curve, rings, collagenRadiusMm, anchors, 0xffa53d, 1.8, 4);
      const fibre = new Tube(curve, rings, threadRadiusMm, anchors, 0x5b2fb0, 0.35, 5);
      this.tubes.push({ thread, fibre, sleeve });
      this.group.add(sleeve.mesh, fibre.mesh);
    }
  }

  /** Shows a time; displacement is that of the skin, three mm a scan vertex. */
  show(time: number, displacement: Float32Array): void {
    const at = moment(this.times, time);
    for (const { thread, fibre, sleeve } of this.tubes) {
      const mass = Math.max(0, valueAt(thread.mass, at));
      fibre.show(displacement, mass * (weakest + (1 - weakest) * Math.max(0, valueAt(thread.strength, at))));
      sleeve.show(displacement, this.mostCollagen > 0 ? (strongestBand * valueAt(thread.collagen, at)) / this.mostCollagen : 0);
    }
  }

  dispose(): void {
    for (const { fibre, sleeve } of this.tubes) {
      fibre.dispose();
      sleeve.dispose();
    }
  }
}

/** Largest new collagen of a course, mg per mm of thread. */
export function mostCollagen(courses: ThreadCourse[]): number {
  return Math.max(0, ...courses.flatMap((course) => course.collagen));
}

/** A tube along a path whose rings move with the skin vertices that they hang on. */
class Tube {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly rest: Float32Array;

  constructor(curve: CatmullRomCurve3, rings: number, radius: number, private readonly anchors: Uint32Array, colour: number, softness: number, order: number) {
    const geometry = new TubeGeometry(curve, rings, radius, sides, false);
    this.rest = (geometry.attributes.position.array as Float32Array).slice();
    this.mesh = new Mesh<BufferGeometry, ShaderMaterial>(geometry, material(colour, softness));
    this.mesh.renderOrder = order;
    this.mesh.frustumCulled = false;
  }

  show(displacement: Float32Array, opacity: number): void {
    this.mesh.visible = opacity > 0.01;
    if (!this.mesh.visible) return;
    this.mesh.material.uniforms.opacity.value = Math.min(1, opacity);
    const position = this.mesh.geometry.attributes.position as BufferAttribute;
    const shown = position.array as Float32Array;
    const perRing = 3 * (sides + 1);
    for (let ring = 0; ring < this.anchors.length; ring++) {
      const by = 3 * this.anchors[ring];
      for (let at = ring * perRing; at < (ring + 1) * perRing; at += 3) {
        shown[at] = this.rest[at] + displacement[by];
        shown[at + 1] = this.rest[at + 1] + displacement[by + 1];
        shown[at + 2] = this.rest[at + 2] + displacement[by + 2];
      }
    }
    position.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

// Its depth is judged as if it lay nearer by what it is seen through, so that skin over it lets it through and the far side of the head does not.
function material(colour: number, softness: number): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    uniforms: { colour: { value: new Color(colour) }, opacity: { value: 0 }, softness: { value: softness }, through: { value: seenThroughMm } },
    vertexShader: `
      uniform float through;
      varying vec3 facing;
      varying vec3 sight;
      void main() {
        vec4 seen = modelViewMatrix * vec4(position, 1.0);
        facing = normalMatrix * normal;
        sight = -seen.xyz;
        gl_Position = projectionMatrix * seen;
        vec4 nearer = projectionMatrix * vec4(seen.xyz + through * normalize(sight), 1.0);
        gl_Position.z = nearer.z / nearer.w * gl_Position.w;
      }`,
    fragmentShader: `
      uniform vec3 colour;
      uniform float opacity;
      uniform float softness;
      varying vec3 facing;
      varying vec3 sight;
      void main() {
        gl_FragColor = vec4(colour, opacity * pow(abs(dot(normalize(facing), normalize(sight))), softness));
        #include <colorspace_fragment>
      }`,
  });
}
