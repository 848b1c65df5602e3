import { BufferAttribute, BufferGeometry, Mesh, type Object3D, type PerspectiveCamera, Raycaster, Vector2, Vector3 } from 'three';
import { type ColourScale, SKIN } from './colour-scale';
import { addSkinAttributes, FAR_MM, skinMaterial, type SkinMaterial } from './skin-material';
import { type Picked, SkinSearch } from './skin-search';
import { Stage } from './stage';
import { hollowness, readGlb, SmoothNormals, type Surface } from './surface';
import type { Vec3 } from './vectors';
import { type NamedView, ViewControl } from './view-control';

// A point counts as seen while the skin is at most this far in front of it, mm: threads lie under the skin.
const UNDER_SKIN_MM = 9;

/** The scan in three dimensions: turnable, lit, coloured and moved by one number a vertex. Lengths mm, patient frame. Draws only when something changed. */
export class HeadScene {
  readonly canvas: HTMLCanvasElement;
  /** Rest positions, mm, three a vertex in the scan's order. */
  positions: Float32Array = new Float32Array(0);
  /** Rest normals. */
  normals: Float32Array = new Float32Array(0);
  private readonly stage: Stage;
  private readonly camera: PerspectiveCamera;
  private readonly control: ViewControl;
  private readonly skin: SkinMaterial = skinMaterial();
  private readonly frameCalls: (() => void)[] = [];
  private readonly linked: HeadScene[] = [];
  private geometry = new BufferGeometry();
  private smooth: SmoothNormals | null = null;
  private moved = new Uint8Array(0);
  private search: SkinSearch | null = null;
  private readonly caster = new Raycaster();
  private readonly cursor = new Vector2();
  private framed: { from: NamedView; frame: Vec3[] | undefined } | null = null;
  private touchedView = false;
  // Whether the surface was drawn yet: a view that nobody has seen is not glided from.
  private seen = false;

  /** Whether this browser can draw it. */
  static supported(): boolean {
    try {
      return document.createElement('canvas').getContext('webgl2') !== null;
    } catch {
      return false;
    }
  }

  constructor(private readonly container: HTMLElement, label: string) {
    this.stage = new Stage(container, HeadScene.supported());
    this.camera = this.stage.camera;
    this.canvas = this.stage.canvas;
    this.canvas.className = 'head-canvas';
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'application');
    this.canvas.setAttribute('aria-label', label);
    this.control = new ViewControl(this.camera, this.canvas, () => this.onView());
    this.control.orbit.addEventListener('start', () => (this.touchedView = true));
    this.stage.before = (now) => this.beforeFrame(now);
    // A view that nobody has turned since stays framed.
    this.stage.onResize = () => this.framed && !this.touchedView && this.control.look(this.framed.from, this.framed.frame ?? this.everyVertex(), false);
    this.stage.resize();
  }

  /** Reads the surface (GLB in metres) and shows it from the front. */
  async load(surfaceUrl: string): Promise<void> {
    const response = await fetch(surfaceUrl);
    if (!response.ok) throw new Error(`The surface cannot be read (${response.status}).`);
    this.show(readGlb(await response.arrayBuffer()));
  }

  private show(surface: Surface): void {
    const count = surface.positions.length / 3;
    this.positions = surface.positions;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(surface.positions.slice(), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(surface.positions.length), 3));
    geometry.setIndex(new BufferAttribute(surface.triangles, 1));
    const normals = geometry.attributes.normal.array as Float32Array;
    this.smooth = new SmoothNormals(surface.triangles, normals);
    this.smooth.update(surface.positions, null);
    this.normals = normals.slice();
    const search = new SkinSearch(surface, this.normals);
    this.search = search;
    addSkinAttributes(geometry, count, hollowness(surface, normals));
    geometry.computeBoundingSphere();
    this.moved = new Uint8Array(count);
    this.geometry = geometry;
    this.stage.scene.add(new Mesh(geometry, this.skin.material));
    this.look('front');
    // Picking is prepared after the first picture.
    setTimeout(() => !this.stage.isDisposed && search.prepare(), 250);
  }

  /** Moves the surface: three mm a vertex, added to rest; null puts it back. */
  setDisplacement(mm: Float32Array | null): void {
    if (!this.smooth) return;
    const shown = this.geometry.attributes.position.array as Float32Array;
    const { positions, moved } = this;
    let any = false;
    for (let vertex = 0; vertex < moved.length; vertex++) {
      const at = 3 * vertex;
      const x = positions[at] + (mm ? mm[at] : 0);
      const y = positions[at + 1] + (mm ? mm[at + 1] : 0);
      const z = positions[at + 2] + (mm ? mm[at + 2] : 0);
      // Kept as the buffer rounds it, so that what stays is seen to stay.
      const changed = Math.abs(shown[at] - x) > 1e-4 || Math.abs(shown[at + 1] - y) > 1e-4 || Math.abs(shown[at + 2] - z) > 1e-4;
      moved[vertex] = changed ? 1 : 0;
      if (!changed) continue;
      any = true;
      shown[at] = x;
      shown[at + 1] = y;
      shown[at + 2] = z;
    }
    if (!any) return;
    this.smooth.update(shown, moved);
    this.geometry.attributes.position.needsUpdate = true;
    this.geometry.attributes.normal.needsUpdate = true;
    this.invalidate();
  }

  /** Colours the skin by one value a vertex (not-a-number: skin) with the scale's contour lines; null takes the colours away. */
  setColours(values: Float32Array | null, scale: ColourScale | null): void {
    if (!this.smooth) return;
    const colours = this.geometry.attributes.color.array as Float32Array;
    const scalars = this.geometry.attributes.scalar.array as Float32Array;
    this.skin.contourStep.value = values && scale ? scale.contourStep : 0;
    if (values && scale) {
      scale.fill(values, colours);
      for (let vertex = 0; vertex < scalars.length; vertex++) scalars[vertex] = values[vertex] === values[vertex] ? values[vertex] : 0;
    } else {
      for (let vertex = 0; vertex < scalars.length; vertex++) colours.set(SKIN, 3 * vertex);
      scalars.fill(0);
    }
    this.geometry.attributes.color.needsUpdate = true;
    this.geometry.attributes.scalar.needsUpdate = true;
    this.invalidate();
  }

  /** Tints the treated area and outlines it: signed distance from its edge at each vertex, mm, negative inside; null takes it away. */
  setArea(mm: Float32Array | null): void {
    this.setDistances('areaMm', mm);
  }

  /** Hatches the danger zones: signed distance from the nearest zone's edge at each vertex, mm, negative inside; null takes them away. */
  setZones(mm: Float32Array | null): void {
    this.setDistances('zoneMm', mm);
  }

  private setDistances(attribute: 'areaMm' | 'zoneMm', mm: Float32Array | null): void {
    if (!this.smooth) return;
    const target = this.geometry.attributes[attribute];
    if (mm) (target.array as Float32Array).set(mm);
    else (target.array as Float32Array).fill(FAR_MM);
    target.needsUpdate = true;
    this.invalidate();
  }

  /** The skin under a place of the window; null where there is none. */
  pick(clientX: number, clientY: number): Picked | null {
    if (!this.search) return null;
    const box = this.canvas.getBoundingClientRect();
    this.caster.setFromCamera(this.cursor.set((2 * (clientX - box.left)) / box.width - 1, 1 - (2 * (clientY - box.top)) / box.height), this.camera);
    return this.search.cast(this.caster.ray);
  }

  /** Places of the surface at rest; null until it is loaded. */
  get skinSearch(): SkinSearch | null {
    return this.search;
  }

  /** Where the picture shows a point, CSS pixels in the container; front where the head does not hide it. */
  project(point: Vec3): { x: number; y: number; front: boolean } {
    const at = new Vector3(...point);
    const seen = at.clone().project(this.camera);
    const hidden = this.search !== null && this.search.ready && this.search.hides(this.camera.position, at, UNDER_SKIN_MM);
    return { x: (0.5 + 0.5 * seen.x) * this.container.clientWidth, y: (0.5 - 0.5 * seen.y) * this.container.clientHeight, front: !hidden && seen.z < 1 };
  }

  /** Directions of the picture in the patient frame: to the right, upwards, and towards the viewer. */
  viewAxes(): { right: Vec3; up: Vec3; towards: Vec3 } {
    this.camera.updateMatrixWorld();
    const part = (column: number): Vec3 => new Vector3().setFromMatrixColumn(this.camera.matrixWorld, column).toArray();
    return { right: part(0), up: part(1), towards: part(2) };
  }

  /** Mm of the patient that a CSS pixel spans at a point. */
  mmPerPixel(point: Vec3): number {
    const depth = new Vector3(...point).sub(this.camera.position).length();
    return (2 * depth * Math.tan((this.camera.fov * Math.PI) / 360)) / Math.max(1, this.container.clientHeight);
  }

  /** Turns to a named view in which all points of the frame are seen: that of the last look where none is given, at first the whole surface. */
  look(from: NamedView, frame: Vec3[] | undefined = this.framed?.frame): void {
    this.framed = { from, frame };
    this.touchedView = false;
    this.control.look(from, frame ?? this.everyVertex(), this.seen);
  }

  private *everyVertex(): Iterable<Vec3> {
    for (let at = 0; at < this.positions.length; at += 3 * 16) yield [this.positions[at], this.positions[at + 1], this.positions[at + 2]];
  }

  /** Turns by radians, for buttons. */
  turn(around: number, over: number): void {
    this.touchedView = true;
    this.control.turn(around, over);
  }

  /** Goes nearer (below 1) or farther, for buttons. */
  zoom(by: number): void {
    this.touchedView = true;
    this.control.zoom(by);
  }

  /** Leaves the processor to others, where it draws in place of a graphics card, while what they compute is waited for. */
  set sparing(on: boolean) {
    this.stage.sparing = on;
  }

  add(object: Object3D): void {
    this.stage.scene.add(object);
    this.invalidate();
  }

  remove(object: Object3D): void {
    this.stage.scene.remove(object);
    this.invalidate();
  }

  /** Calls back before each frame, for what is laid over the picture. */
  onFrame(callback: () => void): void {
    this.frameCalls.push(callback);
  }

  /** Asks for a frame. */
  invalidate(): void {
    this.stage.invalidate();
  }

  private beforeFrame(now: number): void {
    this.control.update(now);
    this.camera.updateMatrixWorld();
    for (const call of this.frameCalls) call();
    this.seen = this.smooth !== null;
  }

  /** Fits the picture to its container. */
  resize(): void {
    this.stage.resize();
  }

  /** Turning one of the two turns the other. */
  linkCamera(other: HeadScene): void {
    this.linked.push(other);
    other.linked.push(this);
    other.follow(this);
  }

  private onView(): void {
    this.invalidate();
    for (const other of this.linked) other.follow(this);
  }

  private follow(leader: HeadScene): void {
    const target = leader.control.orbit.target;
    if (this.camera.position.distanceToSquared(leader.camera.position) < 1e-6 && this.control.orbit.target.distanceToSquared(target) < 1e-6) return;
    this.touchedView = leader.touchedView;
    this.camera.position.copy(leader.camera.position);
    this.control.orbit.target.copy(target);
    this.control.orbit.update();
    this.invalidate();
  }

  /** The picture as it is seen now, as PNG of a size in pixels. */
  picture(width: number, height: number): Promise<Blob> {
    return this.stage.picture(width, height);
  }

  /** Frees the graphics memory and leaves the container. */
  dispose(): void {
    this.control.dispose();
    for (const other of this.linked) other.linked.splice(other.linked.indexOf(this), 1);
    this.geometry.dispose();
    this.skin.material.dispose();
    this.stage.dispose();
  }
}
