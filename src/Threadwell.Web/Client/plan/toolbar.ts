import { text } from '../shared/page';
import type { HeadScene } from '../scene/head-scene';
import type { NamedView } from '../scene/view-control';
import { make } from '../shared/dom';
import { icon, type IconName } from './icons';
import type { PlanPicture, Shown } from './picture';
import type { Pointer } from './pointer';
import type { PlanStore } from './store';

/** Buttons above the picture: tools, undo and redo, and what is shown. */
export class Toolbar {
  private readonly select = this.tool('tool-select', 'select', 'tool.select', () => this.pointer.set('select'));
  private readonly add = this.tool('tool-add', 'add', 'tool.add', () => this.pointer.set(this.pointer.mode === 'add' ? 'select' : 'add'));
  private readonly undo = this.tool('undo', 'undo', 'tool.undo', () => this.store.undo());
  private readonly redo = this.tool('redo', 'redo', 'tool.redo', () => this.store.redo());
  private readonly switches = new Map<keyof Shown, HTMLButtonElement>();

  constructor(
    host: HTMLElement,
    private readonly store: PlanStore,
    private readonly pointer: Pointer,
    private readonly picture: PlanPicture,
    private readonly changed: () => void,
  ) {
    const shows: [keyof Shown, IconName][] = [['lift', 'lift'], ['zones', 'zones'], ['barbs', 'barbs']];
    for (const [what, name] of shows) {
      this.switches.set(what, this.tool(`show-${what}`, name, `show.${what}`, () => {
        picture.shown[what] = !picture.shown[what];
        this.changed();
      }));
    }
    host.append(
      make('div', { class: 'tool-group' }, this.select, this.add),
      make('div', { class: 'tool-group' }, this.undo, this.redo),
      make('div', { class: 'tool-group shows' }, ...this.switches.values()));
  }

  private tool(id: string, name: IconName, key: string, action: () => void): HTMLButtonElement {
    return make('button', { type: 'button', id, class: 'tool', title: text(key), onclick: action }, icon(name), make('span', { class: 'tool-word' }, text(key)));
  }

  render(): void {
    this.select.setAttribute('aria-pressed', String(this.pointer.mode === 'select'));
    this.add.setAttribute('aria-pressed', String(this.pointer.mode === 'add'));
    this.undo.disabled = !this.store.canUndo;
    this.redo.disabled = !this.store.canRedo;
    for (const [what, button] of this.switches) button.setAttribute('aria-pressed', String(this.picture.shown[what]));
  }
}

/** Buttons for the named views and for going nearer, in a corner of the picture. */
export function viewButtons(host: HTMLElement, scene: HeadScene): void {
  // The patient's right is on the viewer's left.
  const views: NamedView[] = ['right', 'obliqueRight', 'front', 'obliqueLeft', 'left'];
  const button = (id: string, key: string, label: string | Node, action: () => void): HTMLElement => make('button', { type: 'button', id, class: 'view', 'aria-label': text(key), title: text(key), onclick: action }, label);
  host.append(make('div', { class: 'view-corner', role: 'group', 'aria-label': text('views') },
    ...views.map((view) => button(`view-${view}`, `view.${view}`, viewSign(view), () => scene.look(view))),
    button('view-near', 'view.near', icon('near'), () => scene.zoom(0.82)),
    button('view-far', 'view.far', icon('far'), () => scene.zoom(1 / 0.82))));
}

// A head from above: a circle whose nose points where the face looks in that view.
function viewSign(view: NamedView): SVGSVGElement {
  const degrees = { right: 90, obliqueRight: 45, front: 0, obliqueLeft: -45, left: -90 }[view];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: '22', height: '22', 'aria-hidden': 'true' })) svg.setAttribute(key, value);
  const head = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [key, value] of Object.entries({ d: 'M12 5.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM10 18.2L12 22l2-3.8z', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.7', 'stroke-linejoin': 'round', transform: `rotate(${degrees} 12 12)` })) head.setAttribute(key, value);
  svg.append(head);
  return svg;
}
