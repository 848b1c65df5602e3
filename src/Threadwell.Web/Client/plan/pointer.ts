import type { HeadScene } from '../scene/head-scene';
import type { Vec3 } from '../scene/vectors';
import type { Editing } from './editing';
import type { PlanPicture } from './picture';
import type { PlanStore } from './store';
import { skinPath } from './thread-path';

/** What a press on the picture does. */
export type Mode = 'select' | 'add';

const NEAR_PIXELS = 11;
const STILL_PIXELS = 4;

/** Presses and drags on the picture itself: choosing and dragging whole threads, and setting new ones. Turning the head is the scene's own. */
export class Pointer {
  mode: Mode = 'select';
  /** Entry of the thread that is being set; null before it is chosen. */
  entry: Vec3 | null = null;
  /** Told when the mode or the entry changes. */
  onMode: () => void = () => {};
  onDrag: (dragging: boolean) => void = () => {};
  enabled = true;

  constructor(
    private readonly host: HTMLElement,
    private readonly scene: HeadScene,
    private readonly store: PlanStore,
    private readonly picture: PlanPicture,
    private readonly editing: Editing,
  ) {
    // Before the scene's own listener, which would turn the head.
    host.addEventListener('pointerdown', (event) => this.onDown(event), { capture: true });
    host.addEventListener('pointermove', (event) => this.onHover(event));
  }

  set(mode: Mode): void {
    this.mode = mode;
    this.entry = null;
    this.host.classList.toggle('is-adding', mode === 'add');
    this.picture.drawSketch(null);
    this.onMode();
  }

  private onDown(event: PointerEvent): void {
    if (!this.enabled || event.button !== 0 || event.target !== this.scene.canvas) return;
    const near = this.mode === 'select' ? this.threadAt(event) : null;
    if (near !== null) {
      event.stopPropagation();
      event.preventDefault();
      this.scene.canvas.focus({ preventScroll: true });
      if (event.ctrlKey || event.metaKey || event.shiftKey) {
        this.store.toggle(near);
        return;
      }
      if (!this.store.selection.includes(near) || this.store.selection.length > 1) this.store.select([near]);
      this.dragWhole(event, near);
      return;
    }
    this.onceStill(event, () => (this.mode === 'add' ? this.setPoint(event) : this.store.select([])));
  }

  // A press that does not move; a moving one turns the head.
  private onceStill(event: PointerEvent, act: () => void): void {
    const end = (last: PointerEvent): void => {
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      if (last.type === 'pointerup' && Math.hypot(last.clientX - event.clientX, last.clientY - event.clientY) < STILL_PIXELS) act();
    };
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  }

  private setPoint(event: PointerEvent): void {
    const place = this.scene.pick(event.clientX, event.clientY);
    if (!place) return;
    if (!this.entry) {
      this.entry = place.point;
      this.picture.drawSketch([place.point, place.point]);
      this.onMode();
      return;
    }
    this.editing.addThread(this.entry, place.point);
    this.set('select');
  }

  private onHover(event: PointerEvent): void {
    if (!this.enabled || event.buttons !== 0 || event.target !== this.scene.canvas) return;
    if (this.mode === 'add' && this.entry && this.scene.skinSearch) {
      const place = this.scene.pick(event.clientX, event.clientY);
      if (place) this.picture.drawSketch(skinPath(this.scene.skinSearch, this.entry, place.point));
    } else if (this.mode === 'select') {
      this.host.classList.toggle('is-over', this.threadAt(event) !== null);
    }
  }

  private dragWhole(event: PointerEvent, id: string): void {
    const start = this.scene.pick(event.clientX, event.clientY);
    const thread = this.store.thread(id);
    if (!start || !thread) return;
    const { canvas } = this.scene;
    const from = this.editing.placeOf(thread, 'whole');
    canvas.setPointerCapture(event.pointerId);
    let begun = false;
    const move = (next: PointerEvent): void => {
      if (!begun && Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) < STILL_PIXELS) return;
      const place = this.scene.pick(next.clientX, next.clientY);
      if (!place) return;
      if (!begun) this.onDrag((begun = true));
      // Always from where the drag began: small steps would add up their errors.
      const to: Vec3 = [from[0] + place.point[0] - start.point[0], from[1] + place.point[1] - start.point[1], from[2] + place.point[2] - start.point[2]];
      this.store.live(id, () => this.editing.place(thread, 'whole', to));
    };
    const end = (last: PointerEvent): void => {
      canvas.removeEventListener('pointermove', move);
      canvas.removeEventListener('pointerup', end);
      canvas.removeEventListener('pointercancel', end);
      if (!begun) return;
      if (last.type === 'pointercancel') this.store.abandon();
      else this.store.settle();
      this.onDrag(false);
    };
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
  }

  // The thread whose line passes nearest to the pointer, on the side that is seen.
  private threadAt(event: PointerEvent): string | null {
    if (!this.scene.skinSearch?.ready) return null;
    const box = this.host.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    let best: string | null = null;
    let least = NEAR_PIXELS;
    for (const thread of this.store.draft.threads) {
      const seen = this.picture.drawnPath(thread).map((point) => this.scene.project(point));
      for (let index = 1; index < seen.length; index++) {
        const a = seen[index - 1];
        const b = seen[index];
        if (!a.front && !b.front) continue;
        const away = toSegment(x, y, a, b);
        if (away < least) {
          least = away;
          best = thread.id;
        }
      }
    }
    return best;
  }
}

function toSegment(x: number, y: number, a: { x: number; y: number }, b: { x: number; y: number }): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const t = squared > 0 ? Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared)) : 0;
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
