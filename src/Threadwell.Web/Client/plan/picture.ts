import { ColourScale, fromLightnessChromaHue, type Rgb } from '../scene/colour-scale';
import { FlatShapes } from '../scene/flat-shapes';
import type { HeadScene } from '../scene/head-scene';
import { barbPlaces, drawEnds, drawThread } from '../scene/thread-lines';
import { add, pathLength, scale, unit, type Vec3 } from '../scene/vectors';
import { displaced, type Preview } from './preview';
import { areaDistances, zoneDistances } from './regions';
import type { PlanStore } from './store';
import type { DangerZone, PlannedThread, ZoneWarning } from './types';

// The violet of a dyed suture, which no colour of the scale comes near; red for a thread in a danger zone.
const THREAD = fromLightnessChromaHue(0.4, 0.16, 300);
const SELECTED = fromLightnessChromaHue(0.5, 0.24, 297);
const DANGER = fromLightnessChromaHue(0.5, 0.2, 27);
const LIGHT: Rgb = [1, 1, 1];
const TARGET = fromLightnessChromaHue(0.33, 0.06, 200);
const ENOUGH = fromLightnessChromaHue(0.62, 0.11, 185);
const LITTLE = fromLightnessChromaHue(0.72, 0.15, 75);

// Threads are drawn no deeper than this, mm, so that they stay visible through the skin.
const DEEPEST_DRAWN_MM = 6;
const ARROW_MM = 14;
const BAR_MM_PER_NEWTON = 30;
const LONGEST_BAR_MM = 14;

/** What the picture shows besides the threads. */
export interface Shown {
  zones: boolean;
  lift: boolean;
  barbs: boolean;
}

interface OnSkin {
  normals: Vec3[];
  vertices: number[];
}

/** Draws a plan on the scan: area, zones, threads, targets, and the lift of the newest preview. */
export class PlanPicture {
  readonly shown: Shown = { zones: true, lift: true, barbs: false };
  preview: Preview | null = null;
  warnings: readonly ZoneWarning[] = [];
  colourScale = ColourScale.movement(0, 2, 1);
  private readonly glow = new FlatShapes(0.38, 1);
  private readonly solid = new FlatShapes(1, 2);
  private readonly onSkin = new WeakMap<readonly Vec3[], OnSkin>();
  private zoneMm: Float32Array | null = null;
  private visible = true;

  constructor(private readonly scene: HeadScene, private readonly store: PlanStore) {
    scene.add(this.glow.mesh);
    scene.add(this.solid.mesh);
  }

  set zones(zones: readonly DangerZone[]) {
    this.zoneMm = zoneDistances(this.scene.positions, zones);
    this.drawSurface();
  }

  /** Hides everything of the plan, for who else uses the scene, or shows it again. */
  show(visible: boolean): void {
    this.visible = visible;
    this.glow.mesh.visible = this.solid.mesh.visible = visible;
    if (visible) {
      this.drawArea();
      this.drawSurface();
      this.drawThreads();
    } else {
      this.scene.setArea(null);
      this.scene.setZones(null);
      this.scene.setColours(null, null);
      this.scene.setDisplacement(null);
    }
  }

  /** Where the skin's point is drawn, moved by the preview. */
  moved(point: Vec3, vertex: number): Vec3 {
    return displaced(point, vertex, this.preview?.displacement ?? null);
  }

  /** Normals and vertices of the skin along a path. */
  along(path: readonly Vec3[]): OnSkin {
    let found = this.onSkin.get(path);
    if (!found) {
      const search = this.scene.skinSearch!;
      const places = path.map((point) => search.nearest(point));
      found = { normals: places.map((place) => place.normal), vertices: places.map((place) => place.vertex) };
      this.onSkin.set(path, found);
    }
    return found;
  }

  /** The thread's points as drawn on the skin. */
  drawnPath(thread: PlannedThread): Vec3[] {
    const { vertices } = this.along(thread.path);
    return thread.path.map((point, index) => this.moved(point, vertices[index]));
  }

  drawArea(): void {
    if (this.visible) this.scene.setArea(areaDistances(this.scene.positions, this.store.draft));
  }

  /** Colours, displacement and zones. */
  drawSurface(): void {
    if (!this.visible) return;
    const { preview } = this;
    this.scene.setDisplacement(preview?.displacement ?? null);
    this.scene.setColours(preview && this.shown.lift ? preview.lift : null, this.colourScale);
    this.scene.setZones(this.shown.zones ? this.zoneMm : null);
  }

  /** Shows an answer; the scale follows by whole millimetres, and while a thread is dragged it only grows, so that colours keep their meaning under the hand. */
  take(preview: Preview | null, dragging: boolean): void {
    this.preview = preview;
    if (preview) {
      let low = 0;
      let high = 0;
      for (const value of preview.lift) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
      high = Math.max(1, Math.ceil(high));
      low = low < -0.25 ? Math.floor(2 * low) / 2 : 0;
      if (dragging) {
        high = Math.max(high, this.colourScale.high);
        low = Math.min(low, this.colourScale.low);
      }
      if (high !== this.colourScale.high || low !== this.colourScale.low) this.colourScale = ColourScale.movement(low, high, high > 6 ? 2 : 1);
    }
    if (!this.visible) return;
    this.drawSurface();
    this.drawThreads();
  }

  drawThreads(): void {
    if (!this.visible) return;
    this.glow.clear();
    this.solid.clear();
    for (const thread of this.store.draft.threads) if (thread.path.length > 1) this.drawThread(thread);
    this.drawTargets();
    if (this.shown.barbs) this.drawBarbLoads();
    this.drawDimples();
    this.glow.finish();
    this.solid.finish();
    this.scene.invalidate();
  }

  isDanger(id: string): boolean {
    return this.warnings.some((warning) => warning.threadId === id);
  }

  private drawThread(thread: PlannedThread): void {
    const chosen = this.store.selection.includes(thread.id);
    const colour = this.isDanger(thread.id) ? DANGER : chosen ? SELECTED : THREAD;
    const { normals } = this.along(thread.path);
    const skin = this.drawnPath(thread);
    const depth = Math.min(thread.depthMm, DEEPEST_DRAWN_MM);
    const path = skin.map((point, index) => add(point, scale(normals[index], -depth)));
    // From the skin down at the entry and up again at the exit, as the cannula goes.
    path[0] = add(skin[0], scale(normals[0], -0.2));
    path[path.length - 1] = add(skin[skin.length - 1], scale(normals[normals.length - 1], -0.2));
    const radius = chosen ? 0.8 : 0.55;
    this.glow.tube(path, chosen ? 2.4 : 1.5, LIGHT);
    const barbs = thread.barbs === 'none' ? [] : barbPlaces(pathLength(thread.path), thread.barbsPerCm, thread.direction === 'bidirectional');
    drawThread(this.solid, { path, normals, colour, radius, barbs });
    drawEnds(this.solid, skin[0], normals[0], skin[skin.length - 1], normals[normals.length - 1], chosen ? 2.7 : 2.1, colour);
  }

  /** A line of a thread that is being set, from its entry to where the pointer is. */
  drawSketch(path: readonly Vec3[] | null): void {
    this.drawThreads();
    if (!path) return;
    const { normals } = this.along(path);
    this.solid.tube(path.map((point, index) => add(point, scale(normals[index], 0.3))), 0.6, SELECTED);
    this.solid.ring(add(path[0], scale(normals[0], 0.4)), normals[0], 1.6, 2.6, SELECTED);
    this.solid.finish();
  }

  get isVisible(): boolean {
    return this.visible;
  }

  // Landmarks as dots; the targets among them larger, with the planned direction as an arrow.
  private drawTargets(): void {
    const search = this.scene.skinSearch!;
    for (const landmark of this.store.draft.landmarks) {
      const { normal, vertex } = search.nearest(landmark.position);
      this.solid.ring(add(this.moved(landmark.position, vertex), scale(normal, 0.5)), normal, 0, 0.75, TARGET);
    }
    for (const target of this.store.draft.targets) {
      const landmark = this.store.draft.landmarks.find((candidate) => candidate.name === target.landmark);
      if (!landmark) continue;
      const { normal, vertex } = search.nearest(landmark.position);
      const place = add(this.moved(landmark.position, vertex), scale(normal, 0.8));
      this.solid.ring(place, normal, 0, 1.5, TARGET);
      this.solid.ring(add(place, scale(normal, 0.1)), normal, 0, 0.8, LIGHT);
      this.solid.arrow(add(place, scale(normal, 1.2)), target.vector, ARROW_MM, 0.5, TARGET);
    }
  }

  // A bar stands on each barb: as long as its load, coloured by how much of its hold is left.
  private drawBarbLoads(): void {
    const search = this.scene.skinSearch!;
    for (const thread of this.preview?.answer.threads ?? []) {
      if (this.store.selection.length > 0 && !this.store.selection.includes(thread.id)) continue;
      for (const barb of thread.barbs) {
        const { normal } = search.nearest(barb.position);
        const load = Math.abs(barb.loadN);
        const left = barb.marginN / Math.max(1e-6, load + barb.marginN);
        const colour = barb.slipped || left < 0.1 ? DANGER : left < 0.4 ? LITTLE : ENOUGH;
        const foot = add(barb.position, scale(normal, 2));
        this.solid.tube([foot, add(foot, scale(normal, Math.min(LONGEST_BAR_MM, 0.6 + BAR_MM_PER_NEWTON * load)))], 0.5, colour);
      }
    }
  }

  // Rings where the skin would dimple: the highest place of each patch above the limit.
  private drawDimples(): void {
    for (const place of this.dimples()) {
      this.solid.ring(add(place.point, scale(place.normal, 0.5)), place.normal, 2.6, 3.3, LITTLE);
      this.solid.ring(add(place.point, scale(place.normal, 0.5)), place.normal, 3.3, 3.7, DANGER);
    }
  }

  /** Places where the risk of dimpling passes its limit, at most one in 8 mm, the worst first. */
  dimples(): { point: Vec3; normal: Vec3; risk: number }[] {
    const { preview, scene } = this;
    if (!preview) return [];
    const over: number[] = [];
    for (let vertex = 0; vertex < preview.dimpling.length; vertex++) if (preview.dimpling[vertex] > 1) over.push(vertex);
    over.sort((a, b) => preview.dimpling[b] - preview.dimpling[a]);
    const places: { point: Vec3; normal: Vec3; risk: number }[] = [];
    const at = (values: Float32Array, vertex: number): Vec3 => [values[3 * vertex], values[3 * vertex + 1], values[3 * vertex + 2]];
    for (const vertex of over) {
      const point = this.moved(at(scene.positions, vertex), vertex);
      if (places.every((place) => Math.hypot(place.point[0] - point[0], place.point[1] - point[1], place.point[2] - point[2]) > 8)) {
        places.push({ point, normal: unit(at(scene.normals, vertex)), risk: preview.dimpling[vertex] });
      }
      if (places.length === 24) break;
    }
    return places;
  }
}
