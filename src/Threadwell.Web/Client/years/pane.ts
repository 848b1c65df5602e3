// One picture of the head at a moment of its course.
import { HeadScene } from '../scene/head-scene';
import type { ColourScale } from '../scene/colour-scale';
import type { NamedView } from '../scene/view-control';
import type { Vec3 } from '../scene/vectors';
import type { Scan } from '../plan/types';
import { make } from '../shared/dom';
import { Motion, type Colouring } from './motion';
import { targetsOf, type Prediction } from './prediction';
import { ThreadsInTissue } from './threads-in-tissue';

/** What a pane shows: a course, or the scan as it was before. */
export type Subject = 'treated' | 'untreated' | 'before';

/** What a pane needs to know of its scan. */
export type PaneScan = Pick<Scan, 'id' | 'body' | 'surfaceVersion'>;

export interface PaneView {
  subject: Subject;
  month: number;
  colouring: Colouring;
  scale: ColourScale | null;
  /** Enlargement of the motion; 1 is the truth. */
  factor: number;
  threads: boolean;
}

/** A head with its caption. Its scene is made when it is first shown. */
export class Pane {
  readonly element: HTMLDivElement;
  private readonly caption = make('p', { class: 'pane-caption' });
  private readonly holder = make('div', { class: 'pane-holder' });
  private loading: Promise<HeadScene> | null = null;
  private scene: HeadScene | null = null;
  private disposed = false;
  private motion: Motion | null = null;
  private threads: ThreadsInTissue | null = null;
  private displacement = new Float32Array(0);
  private values = new Float32Array(0);

  constructor(
    scan: PaneScan,
    private readonly label: (caption: string) => string,
    private readonly surface = `/api/scans/${scan.id}/surface?v=${scan.surfaceVersion}`,
  ) {
    this.element = make('div', { class: 'pane' }, this.holder, this.caption);
  }

  /** Loads the surface once. */
  ready(): Promise<HeadScene> {
    this.loading ??= (async () => {
      const scene = new HeadScene(this.holder, this.label(this.caption.textContent ?? ''));
      await scene.load(this.surface);
      if (this.disposed) scene.dispose();
      this.scene = scene;
      this.displacement = new Float32Array(scene.positions.length);
      this.values = new Float32Array(scene.positions.length / 3);
      return scene;
    })();
    return this.loading;
  }

  /** Takes the course to show. */
  async setPrediction(prediction: Prediction, mostCollagen: number): Promise<Motion> {
    const scene = await this.ready();
    const motion = new Motion(prediction.fields, scene.positions, targetsOf(prediction.plan));
    if (this.threads) {
      scene.remove(this.threads.group);
      this.threads.dispose();
    }
    this.motion = motion;
    this.threads = new ThreadsInTissue(prediction.fields.threads, prediction.course.document.threads, prediction.course.months, motion, mostCollagen);
    this.displacement.fill(0);
    this.values.fill(NaN);
    scene.add(this.threads.group);
    return motion;
  }

  setCaption(words: string): void {
    if (this.caption.textContent === words) return;
    this.caption.textContent = words;
    this.scene?.canvas.setAttribute('aria-label', this.label(words));
  }

  /** Shows a moment; does nothing until surface and course are there. */
  show(view: PaneView): void {
    const { scene, motion, threads } = this;
    if (!scene || !motion || !threads) return;
    threads.group.visible = view.threads && view.subject === 'treated';
    if (view.subject === 'before') {
      scene.setDisplacement(null);
      scene.setColours(null, null);
      return;
    }

    motion.displace(view.month, view.subject, view.factor, this.displacement);
    scene.setDisplacement(this.displacement);
    if (view.colouring === 'none' || !view.scale) {
      scene.setColours(null, null);
    } else {
      motion.colour(view.month, view.subject, view.colouring, this.values);
      scene.setColours(this.values, view.scale);
    }
    if (threads.group.visible) threads.show(view.month, this.displacement);
    scene.invalidate();
  }

  /** The scene, once it is loaded. */
  get head(): HeadScene | null {
    return this.scene;
  }

  dispose(): void {
    this.disposed = true;
    this.threads?.dispose();
    this.scene?.dispose();
  }
}

/** The side from which the threads are seen best: that of their entries on a head, the front of a torso. */
export function firstView(scan: PaneScan, { fields }: Prediction): NamedView {
  if (scan.body === 'torso') return 'front';
  const across = fields.threads.reduce((sum, thread) => sum + thread.path[0][0], 0);
  // As many on either side: from the left.
  return across < -1 ? 'obliqueRight' : 'obliqueLeft';
}

/** The treated region and what lies round it, for framing: the face rather than the whole head. */
export function frameOf(motion: Motion): Vec3[] {
  const { rest, fields } = motion;
  const centre = [0, 0, 0];
  for (const vertex of fields.vertex) for (let axis = 0; axis < 3; axis++) centre[axis] += rest[3 * vertex + axis] / fields.vertex.length;
  let radius = 0;
  for (const vertex of fields.vertex) radius = Math.max(radius, Math.hypot(rest[3 * vertex] - centre[0], rest[3 * vertex + 1] - centre[1], rest[3 * vertex + 2] - centre[2]));
  const frame: Vec3[] = [];
  for (let at = 0; at < rest.length; at += 3 * 8) {
    const y = rest[at + 1] - centre[1];
    if (y > -0.75 * radius && y < 1.25 * radius && Math.hypot(rest[at] - centre[0], rest[at + 2] - centre[2]) < 1.4 * radius) frame.push([rest[at], rest[at + 1], rest[at + 2]]);
  }
  return frame;
}
