// Turning and zooming: mouse and touch by OrbitControls, keys here, named views with a short glide.
import { MOUSE, type PerspectiveCamera, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Vec3 } from './vectors';

export type NamedView = 'front' | 'left' | 'right' | 'obliqueLeft' | 'obliqueRight';

// Degrees to the patient's left, and above level. Threads of the face run towards the ear, so the oblique view turns farther than a portrait.
const VIEWS: Record<NamedView, [number, number]> = { front: [0, 2], left: [88, 2], right: [-88, 2], obliqueLeft: [48, 4], obliqueRight: [-48, 4] };
const KEY_DEGREES = 6;
const KEY_ZOOM = 0.9;
const GLIDE_MS = 380;
const MARGIN = 1.06;

export class ViewControl {
  readonly orbit: OrbitControls;
  private glide: { from: Vector3; to: Vector3; fromTarget: Vector3; toTarget: Vector3; start: number } | null = null;
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly camera: PerspectiveCamera, private readonly canvas: HTMLCanvasElement, private readonly invalidate: () => void) {
    this.orbit = new OrbitControls(camera, canvas);
    this.orbit.enableDamping = !this.still.matches;
    this.orbit.dampingFactor = 0.16;
    this.orbit.rotateSpeed = 0.8;
    this.orbit.mouseButtons = { LEFT: MOUSE.ROTATE, MIDDLE: MOUSE.DOLLY, RIGHT: MOUSE.PAN };
    this.orbit.minPolarAngle = 0.15 * Math.PI;
    this.orbit.maxPolarAngle = 0.85 * Math.PI;
    this.orbit.addEventListener('change', invalidate);
    this.orbit.addEventListener('start', () => (this.glide = null));
    canvas.addEventListener('keydown', this.onKey);
  }

  /** Moves on; called once before a frame is drawn. */
  update(now: number): void {
    const glide = this.glide;
    if (glide) {
      const t = Math.min(1, (now - glide.start) / GLIDE_MS);
      const eased = t * t * (3 - 2 * t);
      // Round the target rather than through it.
      const radius = glide.from.length() + eased * (glide.to.length() - glide.from.length());
      const offset = glide.from.clone().lerp(glide.to, eased).setLength(radius);
      this.orbit.target.lerpVectors(glide.fromTarget, glide.toTarget, eased);
      this.camera.position.copy(this.orbit.target).add(offset);
      if (t === 1) this.glide = null;
      this.invalidate();
    }
    this.orbit.update();
  }

  /** Turns to a named view in which all points of the frame are seen. */
  look(from: NamedView, frame: Iterable<Vec3>, glide: boolean): void {
    const [turn, rise] = VIEWS[from].map((degrees) => (degrees * Math.PI) / 180);
    const towards = new Vector3(Math.sin(turn) * Math.cos(rise), Math.sin(rise), Math.cos(turn) * Math.cos(rise));
    const { target, distance } = this.fit(towards, frame);
    this.orbit.minDistance = 0.25 * distance;
    this.orbit.maxDistance = 2.2 * distance;
    const to = towards.multiplyScalar(distance);
    if (glide && !this.still.matches) {
      this.glide = { from: this.camera.position.clone().sub(this.orbit.target), to, fromTarget: this.orbit.target.clone(), toTarget: target, start: performance.now() };
    } else {
      this.glide = null;
      this.orbit.target.copy(target);
      this.camera.position.copy(target).add(to);
      this.orbit.update();
    }
    this.invalidate();
  }

  private fit(towards: Vector3, frame: Iterable<Vec3>): { target: Vector3; distance: number } {
    const right = new Vector3(0, 1, 0).cross(towards).normalize();
    const up = towards.clone().cross(right);
    const low = new Vector3(Infinity, Infinity, Infinity);
    const high = new Vector3(-Infinity, -Infinity, -Infinity);
    const at = new Vector3();
    const seen: Vector3[] = [];
    for (const point of frame) {
      at.set(point[0], point[1], point[2]);
      const local = new Vector3(at.dot(right), at.dot(up), at.dot(towards));
      low.min(local);
      high.max(local);
      seen.push(local);
    }
    const middle = low.clone().add(high).multiplyScalar(0.5);
    const tall = Math.tan((this.camera.fov * Math.PI) / 360);
    const wide = tall * this.camera.aspect;
    let distance = 10;
    for (const local of seen) {
      const depth = local.z - middle.z;
      distance = Math.max(distance, depth + (MARGIN * Math.abs(local.x - middle.x)) / wide, depth + (MARGIN * Math.abs(local.y - middle.y)) / tall);
    }
    const target = right.multiplyScalar(middle.x).addScaledVector(up, middle.y).addScaledVector(towards, middle.z);
    return { target, distance };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (KEY_DEGREES * Math.PI) / 180;
    if (event.key === 'ArrowLeft') this.turn(-step, 0);
    else if (event.key === 'ArrowRight') this.turn(step, 0);
    else if (event.key === 'ArrowUp') this.turn(0, -step);
    else if (event.key === 'ArrowDown') this.turn(0, step);
    else if (event.key === '+' || event.key === '=') this.zoom(KEY_ZOOM);
    else if (event.key === '-') this.zoom(1 / KEY_ZOOM);
    else return;
    event.preventDefault();
  };

  /** Turns round the target by angles in radians. */
  turn(around: number, over: number): void {
    const offset = this.camera.position.clone().sub(this.orbit.target);
    const radius = offset.length();
    const azimuth = Math.atan2(offset.x, offset.z) + around;
    const polar = Math.min(this.orbit.maxPolarAngle, Math.max(this.orbit.minPolarAngle, Math.acos(offset.y / radius) + over));
    this.place(offset.set(radius * Math.sin(polar) * Math.sin(azimuth), radius * Math.cos(polar), radius * Math.sin(polar) * Math.cos(azimuth)));
  }

  /** Goes nearer (below 1) or farther. */
  zoom(by: number): void {
    const offset = this.camera.position.clone().sub(this.orbit.target);
    this.place(offset.setLength(Math.min(this.orbit.maxDistance, Math.max(this.orbit.minDistance, by * offset.length()))));
  }

  private place(offset: Vector3): void {
    this.glide = null;
    this.camera.position.copy(this.orbit.target).add(offset);
    this.orbit.update();
    this.invalidate();
  }

  dispose(): void {
    this.canvas.removeEventListener('keydown', this.onKey);
    this.orbit.dispose();
  }
}
