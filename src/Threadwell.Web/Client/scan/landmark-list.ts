// The landmarks as a list: the same content as the picture, with everything that can be done to the one that is chosen.
import { number, text } from '../shared/page';
import { distance, type Vec3 } from '../scene/vectors';
import { showProblem, tell } from './controls';
import { byId, make } from '../shared/dom';
import { LONG_STEP_MM, STEP_MM, type LandmarkMarkers } from './landmark-markers';
import { otherSide, type LandmarkState } from './landmark-state';
import { definitionOf, nameOf, placeOf, SIGNS } from './landmark-words';
import type { ScanView } from './scan-view';

const NUDGES: [string, string, number, number][] = [['up', '↑', 0, 1], ['left', '←', -1, 0], ['right', '→', 1, 0], ['down', '↓', 0, -1]];
const AXES = ['x', 'y', 'z'];

export class LandmarkList {
  private readonly list = byId('landmarks');
  private readonly rows = new Map<string, HTMLElement>();
  private readonly details: HTMLElement;
  private readonly confidence = make('p', { class: 'small quiet' });
  private readonly inputs = AXES.map((axis) => make('input', { id: `at-${axis}`, inputmode: 'text', autocomplete: 'off', 'aria-label': `${axis} (mm)` }));
  private readonly problem = make('p', { class: 'problem', role: 'alert', hidden: '' });
  private readonly what = make('p', { class: 'definition' });
  private readonly buttons: Record<'accept' | 'place' | 'mirror' | 'remove', HTMLButtonElement>;
  private readonly pad: HTMLElement;
  private listed = '';

  constructor(
    private readonly view: ScanView,
    private readonly state: LandmarkState,
    private readonly markers: LandmarkMarkers,
    editable: boolean,
    private readonly farthestMm: number,
  ) {
    const button = (key: string, act: () => void, label = text(key)): HTMLButtonElement => {
      const made = make('button', { type: 'button' }, label);
      made.addEventListener('click', act);
      return made;
    };
    this.buttons = {
      accept: button('looksRight', () => this.accept()),
      place: button('place', () => this.markers.startPlacing(this.chosen())),
      mirror: button('mirror', () => this.mirror()),
      remove: button('remove', () => this.state.remove(this.chosen())),
    };
    this.pad = this.makePad();
    const coordinates = make('fieldset', { class: 'bare coordinates' }, make('legend', {}, text('coordinates')),
      ...this.inputs.map((input, axis) => make('label', {}, AXES[axis], ' ', input)));
    for (const input of this.inputs) {
      input.readOnly = !editable;
      input.addEventListener('change', () => this.typed());
    }
    this.details = make('div', { class: 'details', id: 'landmark-details' }, this.what, this.confidence);
    if (editable) this.details.append(make('div', { class: 'row' }, ...Object.values(this.buttons)), this.pad);
    this.details.append(coordinates, this.problem);
    state.onChange(() => this.update());
    this.update();
  }

  /** Shows a refusal of the server at its landmark. */
  refuse(index: number, message: string): boolean {
    const landmark = this.state.all()[index];
    if (!landmark) return false;
    this.state.select(landmark.name);
    showProblem(this.problem, message);
    this.rows.get(landmark.name)?.querySelector('button')?.focus();
    return true;
  }

  /** Opens a landmark and goes to it. */
  open(name: string): void {
    this.state.select(name);
    this.showChosen(name);
    const row = this.rows.get(name);
    row?.querySelector('button')?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** Opens the next landmark that somebody has to look at; false where there is none. */
  openNext(): boolean {
    const names = [...this.state.withLook('low'), ...this.state.withLook('missing')];
    const next = names[(names.indexOf(this.state.selected ?? '') + 1) % names.length];
    if (next) this.open(next);
    return next !== undefined;
  }

  /** Draws what changed. */
  update(): void {
    const names = this.state.names();
    if (names.join() !== this.listed) {
      this.listed = names.join();
      this.rows.clear();
      this.list.replaceChildren(...names.map((name) => this.makeRow(name)));
    }
    for (const name of names) this.updateRow(name);
    this.updateDetails();
  }

  private makeRow(name: string): HTMLElement {
    const button = make('button', { type: 'button', 'data-landmark': name, 'aria-expanded': 'false' },
      make('span', { class: 'sign', 'aria-hidden': 'true' }), make('span', { class: 'title' }, nameOf(name)), make('span', { class: 'look' }));
    button.addEventListener('click', () => {
      this.state.select(this.state.selected === name ? null : name);
      if (this.state.selected) this.showChosen(name);
    });
    const row = make('li', {}, button);
    this.rows.set(name, row);
    return row;
  }

  private updateRow(name: string): void {
    const row = this.rows.get(name)!;
    const look = this.state.look(name);
    const button = row.querySelector('button')!;
    row.dataset.look = look;
    button.setAttribute('aria-expanded', String(this.state.selected === name));
    button.querySelector('.sign')!.textContent = SIGNS[look];
    button.querySelector('.look')!.textContent = text(`mark.${look}`);
    if (this.state.selected === name && this.details.parentElement !== row) {
      showProblem(this.problem, '');
      row.append(this.details);
    }
  }

  private updateDetails(): void {
    const name = this.state.selected;
    if (name === null) {
      this.details.remove();
      return;
    }
    const landmark = this.state.get(name);
    const shown = this.view.scene !== null;
    this.what.textContent = definitionOf(name);
    this.confidence.hidden = !landmark;
    if (landmark) this.confidence.textContent = text('confidence', number(Math.floor(100 * landmark.confidence), 0));
    this.inputs.forEach((input, axis) => (input.value = landmark ? number(landmark.position[axis], 1) : ''));
    const other = otherSide(name);
    this.buttons.accept.hidden = !landmark || landmark.confidence >= 1;
    this.buttons.place.hidden = !shown;
    this.buttons.place.textContent = text(landmark ? 'place.again' : 'place');
    this.buttons.place.classList.toggle('primary', !landmark);
    this.buttons.mirror.hidden = other === null || !landmark;
    this.buttons.remove.hidden = !landmark;
    this.pad.hidden = !landmark || !shown;
  }

  private makePad(): HTMLElement {
    const pad = make('div', { class: 'pad', role: 'group', 'aria-label': text('nudge') });
    for (const [key, sign, rightwards, upwards] of NUDGES) {
      const button = make('button', { type: 'button', class: key, 'aria-label': `${text('nudge')}: ${text(`nudge.${key}`)}` }, sign);
      button.addEventListener('click', (event) => this.markers.nudge(this.chosen(), rightwards, upwards, event.shiftKey ? LONG_STEP_MM : STEP_MM));
      pad.append(button);
    }
    pad.append(make('p', { class: 'small quiet' }, text('nudge'), ': ', text('nudge.how')));
    return pad;
  }

  private chosen(): string {
    return this.state.selected!;
  }

  private showChosen(name: string): void {
    const landmark = this.state.get(name);
    if (landmark) this.view.show(landmark.position);
  }

  private accept(): void {
    const name = this.chosen();
    this.state.accept(name);
    if (!this.openNext()) this.rows.get(name)?.querySelector('button')?.focus();
  }

  private mirror(): void {
    const name = this.chosen();
    const other = otherSide(name);
    const at = this.state.mirrored(name);
    if (!other || !at) return;
    this.state.place(other, this.view.nearest(at)?.point ?? at);
    this.open(other);
    tell(placeOf(other, this.state.get(other)!.position));
  }

  private typed(): void {
    const numbers = this.inputs.map((input) => parse(input.value));
    if (this.inputs.some((input) => input.value.trim() === '')) return;
    if (numbers.some((value) => value === null)) {
      showProblem(this.problem, text('coordinate.needed'));
      return;
    }
    const wanted = numbers as unknown as Vec3;
    const skin = this.view.nearest(wanted);
    const off = skin ? distance(skin.point, wanted) : 0;
    if (off > this.farthestMm) {
      showProblem(this.problem, text('offSkin', number(off), number(this.farthestMm, 0)));
      return;
    }
    showProblem(this.problem, '');
    this.state.place(this.chosen(), skin?.point ?? wanted);
    this.showChosen(this.chosen());
  }
}

/** A number as people of the page's languages write it; null for anything else. */
function parse(value: string): number | null {
  const plain = value.trim().replace('−', '-').replace(',', '.');
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
