import { text } from '../shared/page';
import type { HeadScene } from '../scene/head-scene';
import { add, scale, type Vec3 } from '../scene/vectors';
import { make } from '../shared/dom';
import type { Editing, Part } from './editing';
import type { PlanPicture } from './picture';
import type { PlanStore } from './store';

const PARTS: readonly Part[] = ['entry', 'middle', 'exit'];
const NUDGE_MM = 1;
const LONG_NUDGE_MM = 5;

/** Handles of the selected thread and labels of all, laid over the picture. Each handle is a button: dragged, or moved by the arrow keys. */
export class Handles {
  private readonly layer = make('div', { class: 'plan-overlay' });
  private readonly buttons = new Map<Part, HTMLButtonElement>();
  private readonly labels = new Map<string, HTMLElement>();
  private readonly lifts = new Map<string, HTMLElement>();
  /** Told when a drag begins and ends. */
  onDrag: (dragging: boolean) => void = () => {};

  constructor(
    host: HTMLElement,
    private readonly scene: HeadScene,
    private readonly store: PlanStore,
    private readonly picture: PlanPicture,
    private readonly editing: Editing,
  ) {
    for (const part of PARTS) {
      const button = make('button', { type: 'button', class: `handle handle-${part}`, 'data-part': part, hidden: true });
      button.addEventListener('pointerdown', (event) => this.drag(event, part));
      button.addEventListener('keydown', (event) => this.onKey(event, part));
      this.buttons.set(part, button);
      this.layer.append(button);
    }
    host.append(this.layer);
    scene.onFrame(() => this.place());
  }

  show(visible: boolean): void {
    this.layer.hidden = !visible;
  }

  /** Labels for what the draft holds, and handles for the one thread that is selected. */
  update(lifts: readonly { landmark: string; liftMm: number }[], format: (mm: number) => string): void {
    const { draft, selection } = this.store;
    sync(this.labels, draft.threads.map((thread) => thread.id), (id) => this.layer.appendChild(make('span', { class: 'thread-label', 'aria-hidden': 'true' }, id)));
    for (const [id, label] of this.labels) {
      label.classList.toggle('is-selected', selection.includes(id));
      label.classList.toggle('is-danger', this.picture.isDanger(id));
      const met = this.picture.warnings.find((warning) => warning.threadId === id);
      label.textContent = met ? `${id} ! ${selection.includes(id) ? met.name : ''}` : id;
    }
    sync(this.lifts, lifts.map((lift) => lift.landmark), () => this.layer.appendChild(make('span', { class: 'lift-label number', 'aria-hidden': 'true' })));
    for (const lift of lifts) this.lifts.get(lift.landmark)!.textContent = format(lift.liftMm);
    const one = selection.length === 1 ? this.store.thread(selection[0]) : undefined;
    for (const [part, button] of this.buttons) {
      button.hidden = !one;
      if (one) button.setAttribute('aria-label', text(`handle.${part}`, one.id));
    }
    this.scene.invalidate();
  }

  private place(): void {
    if (this.layer.hidden) return;
    const { draft, selection } = this.store;
    for (const thread of draft.threads) {
      const label = this.labels.get(thread.id);
      if (!label || thread.path.length < 2) continue;
      const { normals, vertices } = this.picture.along(thread.path);
      this.put(label, add(this.picture.moved(thread.path[0], vertices[0]), scale(normals[0], 1)));
    }
    for (const [name, label] of this.lifts) {
      const landmark = draft.landmarks.find((candidate) => candidate.name === name);
      if (landmark) this.put(label, landmark.position);
    }
    const one = selection.length === 1 ? this.store.thread(selection[0]) : undefined;
    if (!one) return;
    for (const [part, button] of this.buttons) this.put(button, this.editing.placeOf(one, part), button === document.activeElement);
  }

  private put(element: HTMLElement, point: Vec3, always = false): void {
    const { x, y, front } = this.scene.project(point);
    element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    element.classList.toggle('is-behind', !front && !always);
  }

  private drag(event: PointerEvent, part: Part): void {
    const id = this.store.selection[0];
    const button = event.currentTarget as HTMLButtonElement;
    if (event.button !== 0 || !id) return;
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    // Always from where the drag began: small steps would add up their errors.
    const start = this.store.thread(id)!;
    let begun = false;
    const move = (next: PointerEvent): void => {
      if (!begun && Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) < 3) return;
      const place = this.scene.pick(next.clientX, next.clientY);
      if (!place) return;
      if (!begun) this.onDrag((begun = true));
      this.store.live(id, () => this.editing.place(start, part, place.point));
    };
    const end = (last: PointerEvent): void => {
      button.removeEventListener('pointermove', move);
      button.removeEventListener('pointerup', end);
      button.removeEventListener('pointercancel', end);
      if (!begun) return;
      if (last.type === 'pointercancel') this.store.abandon();
      else this.store.settle();
      this.onDrag(false);
    };
    button.addEventListener('pointermove', move);
    button.addEventListener('pointerup', end);
    button.addEventListener('pointercancel', end);
  }

  private onKey(event: KeyboardEvent, part: Part): void {
    const by = nudgeOf(event, this.scene);
    const id = this.store.selection[0];
    if (!by || !id) return;
    event.preventDefault();
    this.editing.nudge(id, part, by);
  }
}

/** The vector of an arrow key on the skin as it is seen: 1 mm, with Shift 5 mm; null for another key. */
export function nudgeOf(event: KeyboardEvent, scene: HeadScene): Vec3 | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const { right, up } = scene.viewAxes();
  const length = event.shiftKey ? LONG_NUDGE_MM : NUDGE_MM;
  switch (event.key) {
    case 'ArrowLeft': return scale(right, -length);
    case 'ArrowRight': return scale(right, length);
    case 'ArrowUp': return scale(up, length);
    case 'ArrowDown': return scale(up, -length);
    default: return null;
  }
}

// Keeps one element for each key.
function sync(elements: Map<string, HTMLElement>, keys: readonly string[], create: (key: string) => HTMLElement): void {
  for (const [key, element] of elements) {
    if (!keys.includes(key)) {
      element.remove();
      elements.delete(key);
    }
  }
  for (const key of keys) if (!elements.has(key)) elements.set(key, create(key));
}
