// The scan in 3-D with a scale, its axes and the landmarks on it.
import { byId, make } from '../shared/dom';
import { text } from '../shared/page';
import { HeadScene } from '../scene/head-scene';
import { add, dot, norm, scale, subtract, unit, type Vec3 } from '../scene/vectors';

const SCALE_MM = 50;
const SVG = 'http://www.w3.org/2000/svg';
const AXES: [string, Vec3][] = [['up', [0, 1, 0]], ['front', [0, 0, 1]], ['left', [1, 0, 0]]];
const AXIS_PIXELS = 34;
const GIZMO = { width: 250, height: 120, x: 125, y: 66 };

export type ViewName = 'front' | 'left' | 'right' | 'obliqueLeft' | 'obliqueRight';

/** Extent of the scan, mm. */
export interface Extent {
  low: Vec3;
  high: Vec3;
}

export class ScanView {
  scene: HeadScene | null = null;
  private readonly container = byId('scene');
  private readonly message = byId('scene-message');
  private readonly still = this.container.querySelector<HTMLImageElement>('.still')!;
  private readonly bar = make('div', { class: 'length-bar', 'aria-hidden': 'true' }, text('scale'));
  private readonly gizmo = document.createElementNS(SVG, 'svg');
  private readonly frames: (() => void)[] = [];
  private loading = 0;
  /** Middle of the scan, at which the bar is to scale. */
  private middle: Vec3 | null = null;

  constructor() {
    this.gizmo.setAttribute('class', 'gizmo');
    this.gizmo.setAttribute('viewBox', `0 0 ${GIZMO.width} ${GIZMO.height}`);
    this.gizmo.setAttribute('aria-hidden', 'true');
    for (const [name] of AXES) {
      const line = document.createElementNS(SVG, 'line');
      const label = document.createElementNS(SVG, 'text');
      label.textContent = text(`axis.${name}`);
      this.gizmo.append(line, label);
    }
    for (const button of byId('views').querySelectorAll<HTMLElement>('[data-view]')) {
      button.addEventListener('click', () => this.scene?.look(button.dataset.view as ViewName));
    }
  }

  /** Shows a surface; where 3-D cannot be shown, says so beside the picture. */
  async load(scanId: string, surfaceVersion: string, pictureVersion: string): Promise<void> {
    const turn = ++this.loading;
    this.still.src = `/api/scans/${scanId}/picture?v=${pictureVersion}`;
    if (!HeadScene.supported()) {
      this.message.textContent = text('view.no3d');
      return;
    }
    this.message.textContent = text('view.loading');
    this.scene?.dispose();
    this.scene = null;
    let scene: HeadScene | null = null;
    try {
      scene = new HeadScene(this.container, text('view'));
      await scene.load(`/api/scans/${scanId}/surface?v=${surfaceVersion}`);
    } catch (error) {
      scene?.dispose();
      if (turn === this.loading) this.message.textContent = text('view.failed', error instanceof Error ? error.message : String(error));
      return;
    }
    if (turn !== this.loading) {
      scene.dispose();
      return;
    }
    this.scene = scene;
    const extent = this.extent();
    this.middle = extent && scale(add(extent.low, extent.high), 0.5);
    this.message.textContent = '';
    this.still.hidden = true;
    byId('views').hidden = false;
    this.container.append(this.bar, this.gizmo);
    scene.onFrame(() => this.draw());
    scene.invalidate();
  }

  /** Calls back before each frame of whichever scene is shown. */
  onFrame(callback: () => void): void {
    this.frames.push(callback);
  }

  /** Extent of what is shown; null while nothing is. */
  extent(): Extent | null {
    if (!this.scene || this.scene.positions.length === 0) return null;
    const { positions } = this.scene;
    const low: [number, number, number] = [Infinity, Infinity, Infinity];
    const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
    for (let at = 0; at < positions.length; at++) {
      const axis = at % 3;
      low[axis] = Math.min(low[axis], positions[at]);
      high[axis] = Math.max(high[axis], positions[at]);
    }
    return { low, high };
  }

  /** The nearest point of the skin; null where no surface is shown. */
  nearest(point: Vec3): { point: Vec3; normal: Vec3 } | null {
    return this.scene?.skinSearch?.nearest(point) ?? null;
  }

  /** The point a step along the skin away, in a direction of the picture. */
  along(point: Vec3, rightwards: number, upwards: number, mm: number): Vec3 | null {
    const here = this.nearest(point);
    if (!this.scene || !here) return null;
    const { right, up } = this.scene.viewAxes();
    const wanted = add(scale(right, rightwards), scale(up, upwards));
    const flat = subtract(wanted, scale(here.normal, dot(wanted, here.normal)));
    // Where the skin is seen edge on, the step would go into it.
    const direction = norm(flat) > 0.05 ? unit(flat) : unit(wanted);
    return this.nearest(add(point, scale(direction, mm)))?.point ?? null;
  }

  /** Turns to a view in which a point of the skin faces the viewer, unless it is seen already. */
  show(point: Vec3): void {
    if (!this.scene) return;
    const seen = this.scene.project(point);
    const inside = seen.x > 0 && seen.y > 0 && seen.x < this.container.clientWidth && seen.y < this.container.clientHeight;
    const normal = this.nearest(point)?.normal ?? [0, 0, 1];
    const facing = dot(normal, this.scene.viewAxes().towards);
    if (seen.front && inside && facing > 0.25) return;
    const degrees = (Math.atan2(normal[0], normal[2]) * 180) / Math.PI;
    const side = Math.abs(degrees);
    this.scene.look(side < 25 ? 'front' : side < 65 ? (degrees > 0 ? 'obliqueLeft' : 'obliqueRight') : degrees > 0 ? 'left' : 'right');
  }

  private draw(): void {
    if (!this.scene) return;
    const { right, up, towards } = this.scene.viewAxes();
    if (this.middle) this.bar.style.width = `${SCALE_MM / this.scene.mmPerPixel(this.middle)}px`;
    const lines = this.gizmo.querySelectorAll('line');
    const labels = this.gizmo.querySelectorAll('text');
    AXES.forEach(([, axis], index) => {
      const x = GIZMO.x + AXIS_PIXELS * dot(axis, right);
      const y = GIZMO.y - AXIS_PIXELS * dot(axis, up);
      set(lines[index], { x1: GIZMO.x, y1: GIZMO.y, x2: x, y2: y });
      const away = dot(axis, towards);
      set(labels[index], { x: GIZMO.x + 1.2 * (x - GIZMO.x), y: GIZMO.y + 1.4 * (y - GIZMO.y) + 4 });
      labels[index].setAttribute('text-anchor', x > GIZMO.x + 8 ? 'start' : x < GIZMO.x - 8 ? 'end' : 'middle');
      labels[index].setAttribute('opacity', away > 0.97 || away < -0.97 ? '0' : '1');
    });
    for (const frame of this.frames) frame();
  }
}

function set(element: Element, numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) element.setAttribute(name, value.toFixed(1));
}
