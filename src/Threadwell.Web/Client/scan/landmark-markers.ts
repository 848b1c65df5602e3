// The landmarks on the picture: draggable by pointer, movable by the arrow keys.
import { text } from '../shared/page';
import { tell } from './controls';
import { byId, make } from '../shared/dom';
import type { LandmarkState } from './landmark-state';
import { nameOf, placeOf, SIGNS } from './landmark-words';
import type { ScanView } from './scan-view';

/** Steps of the arrow keys along the skin, mm. */
export const STEP_MM = 1;
export const LONG_STEP_MM = 5;

const KEYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class LandmarkMarkers {
  private readonly layer = make('div', { class: 'markers', role: 'group', 'aria-label': text('markers') });
  private readonly cross = make('div', { class: 'cross', 'aria-hidden': 'true', hidden: '' });
  private readonly markers = new Map<string, HTMLButtonElement>();
  private placing: string | null = null;
  private shown = false;
  private dragged = false;

  constructor(private readonly view: ScanView, private readonly state: LandmarkState, private readonly editable: boolean) {
    byId('scene').append(this.layer, this.cross);
    view.onFrame(() => this.lay());
    state.onChange(() => this.update());
    this.listenForPlacing();
  }

  /** Shows them, or puts them away. */
  set visible(visible: boolean) {
    this.shown = visible;
    this.layer.hidden = !visible;
    if (!visible) this.stopPlacing();
    this.update();
  }

  /** Moves the selected landmark along the skin; directions of the picture. */
  nudge(name: string, rightwards: number, upwards: number, mm: number): void {
    const landmark = this.state.get(name);
    const next = landmark && this.view.along(landmark.position, rightwards, upwards, mm);
    if (!next) return;
    this.state.place(name, next);
    tell(placeOf(name, next));
  }

  /** Waits for a press on the skin, or Enter for its place under the cross. */
  startPlacing(name: string): void {
    if (!this.view.scene) return;
    this.placing = name;
    this.cross.hidden = false;
    byId('scene').classList.add('placing');
    byId('scene-message').textContent = text('place.how', nameOf(name));
    this.view.scene.canvas.focus();
  }

  /** Draws what changed. */
  update(): void {
    const names = this.shown && this.view.scene ? this.state.all().map((landmark) => landmark.name) : [];
    for (const [name, marker] of this.markers) {
      if (!names.includes(name)) {
        marker.remove();
        this.markers.delete(name);
      }
    }
    for (const name of names) {
      const marker = this.markers.get(name) ?? this.make(name);
      const look = this.state.look(name);
      const selected = this.state.selected === name;
      marker.dataset.look = look;
      marker.classList.toggle('selected', selected);
      marker.tabIndex = selected ? 0 : -1;
      marker.querySelector('.sign')!.textContent = look === 'low' ? SIGNS.low : '';
    }
    this.lay();
    this.view.scene?.invalidate();
  }

  private make(name: string): HTMLButtonElement {
    const marker = make('button', { type: 'button', class: 'marker', 'data-landmark': name, 'aria-label': this.editable ? text('marker', nameOf(name)) : nameOf(name) },
      make('span', { class: 'dot' }), make('span', { class: 'sign', 'aria-hidden': 'true' }), make('span', { class: 'label', 'aria-hidden': 'true' }, nameOf(name)));
    marker.addEventListener('focus', () => this.state.select(name));
    marker.addEventListener('click', () => this.state.select(name));
    if (this.editable) {
      marker.addEventListener('keydown', (event) => this.onKey(event, name));
      this.listenForDrag(marker, name);
    }
    this.layer.append(marker);
    this.markers.set(name, marker);
    return marker;
  }

  private lay(): void {
    const { scene } = this.view;
    if (!scene || !this.shown) return;
    for (const [name, marker] of this.markers) {
      const landmark = this.state.get(name);
      if (!landmark) continue;
      const { x, y, front } = scene.project(landmark.position);
      marker.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      marker.classList.toggle('behind', !front);
    }
  }

  private onKey(event: KeyboardEvent, name: string): void {
    const direction = KEYS[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.nudge(name, direction[0], direction[1], event.shiftKey ? LONG_STEP_MM : STEP_MM);
  }

  private listenForDrag(marker: HTMLButtonElement, name: string): void {
    let grip: { x: number; y: number } | null = null;
    const end = (event: PointerEvent): void => {
      grip = null;
      marker.classList.remove('dragged');
      if (marker.hasPointerCapture(event.pointerId)) marker.releasePointerCapture(event.pointerId);
      const landmark = this.state.get(name);
      if (this.dragged && landmark) tell(placeOf(name, landmark.position));
    };
    marker.addEventListener('pointerdown', (event) => {
      const { scene } = this.view;
      const landmark = this.state.get(name);
      if (!scene || !landmark || event.button !== 0) return;
      const box = byId('scene').getBoundingClientRect();
      const at = scene.project(landmark.position);
      grip = { x: event.clientX - box.left - at.x, y: event.clientY - box.top - at.y };
      this.dragged = false;
      marker.setPointerCapture(event.pointerId);
    });
    marker.addEventListener('pointermove', (event) => {
      if (!grip) return;
      const picked = this.view.scene?.pick(event.clientX - grip.x, event.clientY - grip.y);
      const before = this.state.get(name);
      if (!picked || !before || (picked.point[0] === before.position[0] && picked.point[1] === before.position[1])) return;
      // A press that does not move is a choice, not a drag: the whole drag is one step back.
      marker.classList.add('dragged');
      this.state.place(name, picked.point, !this.dragged);
      this.dragged = true;
    });
    marker.addEventListener('pointerup', end);
    marker.addEventListener('pointercancel', end);
  }

  private listenForPlacing(): void {
    const container = byId('scene');
    let pressed: { x: number; y: number } | null = null;
    container.addEventListener('pointerdown', (event) => (pressed = { x: event.clientX, y: event.clientY }));
    container.addEventListener('pointerup', (event) => {
      // A press that turned the head placed nothing.
      const still = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 5;
      if (this.placing && still && event.target === this.view.scene?.canvas) this.placeAt(event.clientX, event.clientY);
    });
    container.addEventListener('keydown', (event) => {
      if (!this.placing) return;
      if (event.key === 'Escape') this.stopPlacing();
      if (event.key === 'Enter' && event.target === this.view.scene?.canvas) {
        const box = container.getBoundingClientRect();
        this.placeAt(box.left + box.width / 2, box.top + box.height / 2);
      }
    });
  }

  private placeAt(clientX: number, clientY: number): void {
    const name = this.placing!;
    const picked = this.view.scene?.pick(clientX, clientY);
    if (!picked) {
      byId('scene-message').textContent = text('place.missed');
      return;
    }
    this.stopPlacing();
    this.state.place(name, picked.point);
    this.state.select(name);
    byId('scene-message').textContent = placeOf(name, picked.point);
    this.markers.get(name)?.focus();
  }

  private stopPlacing(): void {
    if (!this.placing) return;
    this.placing = null;
    this.cross.hidden = true;
    byId('scene').classList.remove('placing');
    byId('scene-message').textContent = '';
  }
}
