// The pictures of a course: one head, or two beside each other, at the month shown.
import { HeadScene } from '../scene/head-scene';
import type { ColourScale } from '../scene/colour-scale';
import type { NamedView } from '../scene/view-control';
import type { Scan } from '../plan/types';
import { text } from '../shared/page';
import { choiceBar, selectBox, switchBox } from './controls';
import { make } from '../shared/dom';
import { scaleBar, scaleOf } from './colouring';
import type { Colouring, Extent, Motion } from './motion';
import { firstView, frameOf, Pane, type Subject } from './pane';
import type { Prediction } from './prediction';
import { mostCollagen } from './threads-in-tissue';
import { momentWords } from './words';

type Arrangement = 'treated' | 'untreated' | 'split' | 'before';

const subjects: Record<Arrangement, Subject[]> = { treated: ['treated'], untreated: ['untreated'], split: ['treated', 'untreated'], before: ['before', 'treated'] };
const enlargement = 3;

/** Whether the views open at a patient's month and stay at true scale. */
export type PatientListener = (on: boolean) => void;

export class Stage {
  /** The pictures with the choice of what they show. */
  readonly element: HTMLElement;
  /** How they are shown: view, colours, switches. */
  readonly settings: HTMLElement;
  private readonly panes: Pane[];
  private readonly picture = make('div', { class: 'stage-panes' });
  private readonly badge = make('p', { class: 'stage-badge', role: 'status' });
  private readonly legend = make('div', { class: 'stage-legend' });
  private readonly enlarge: { element: HTMLLabelElement; input: HTMLInputElement };
  private readonly threads: { element: HTMLLabelElement; input: HTMLInputElement };
  private readonly colours: { element: HTMLLabelElement; select: HTMLSelectElement };
  private readonly turn: { element: HTMLLabelElement; select: HTMLSelectElement };
  private arrangement: Arrangement = 'treated';
  private motion: Motion | null = null;
  private prediction: Prediction | null = null;
  private scale: ColourScale | null = null;
  private readonly extents = new Map<Colouring, Extent>();
  private linked = false;
  private framed = false;
  private month = 0;
  private readonly beforePrint = (): void => this.setEnlarged(false);

  constructor(private readonly scan: Scan, patientChanged: PatientListener) {
    const label = (caption: string): string => text('years.pane.label', caption);
    this.panes = [new Pane(scan, label), new Pane(scan, label)];
    const arrangements: Arrangement[] = ['treated', 'untreated', 'split', 'before'];
    const colourings: Colouring[] = ['lift', 'movement', 'collagen', 'none'];
    const views: NamedView[] = scan.body === 'head' ? ['front', 'obliqueLeft', 'obliqueRight', 'left', 'right'] : ['front', 'obliqueLeft', 'obliqueRight'];
    this.colours = selectBox(text('years.colour'), colourings.map((value) => ({ value, words: text(`years.colour.${value}`) })), 'lift', () => this.recolour());
    this.turn = selectBox(text('years.turn'), views.map((value) => ({ value, words: text(`years.turn.${value}`) })), 'front', (view) => this.look(view));
    this.threads = switchBox(text('years.threads'), '', () => this.show(this.month));
    this.threads.input.checked = true;
    this.enlarge = switchBox(text('years.enlarge'), text('years.enlarge.hint'), (on) => this.setEnlarged(on));
    const patient = switchBox(text('years.patient'), text('years.patient.hint'), (on) => {
      this.setEnlarged(false);
      this.enlarge.element.hidden = on;
      patientChanged(on);
    });
    patient.input.dataset.patient = '';
    this.enlarge.input.dataset.enlarge = '';
    this.badge.hidden = true;
    this.picture.append(this.panes[0].element);
    this.element = make('div', { class: 'stage' },
      choiceBar('arrangement', text('years.show'), arrangements.map((value) => ({ value, words: text(`years.show.${value}`) })), 'treated', (value) => void this.arrange(value)),
      make('div', { class: 'stage-picture' }, this.picture, this.badge, this.legend),
      make('p', { class: 'print-only' }, text('years.print')));
    this.settings = make('div', { class: 'stage-settings' }, this.turn.element, this.colours.element, this.threads.element, patient.element, this.enlarge.element);
    addEventListener('beforeprint', this.beforePrint);
  }

  /** Takes a course and shows it from the side on which its threads lie. */
  async setPrediction(prediction: Prediction): Promise<void> {
    this.prediction = prediction;
    this.extents.clear();
    const most = mostCollagen(prediction.course.document.threads);
    this.motion = await this.panes[0].setPrediction(prediction, most);
    if (this.linked) await this.panes[1].setPrediction(prediction, most);
    if (!this.framed) {
      this.framed = true;
      const view = firstView(this.scan, prediction);
      this.turn.select.value = view;
      this.look(view);
    }
    this.recolour();
  }

  /** Shows a month. */
  show(month: number): void {
    this.month = month;
    const shown = subjects[this.arrangement];
    shown.forEach((subject, index) => {
      const words = momentWords(month);
      this.panes[index].setCaption(
        this.arrangement === 'before'
          ? subject === 'before' ? text('years.pane.before') : text('years.pane.after', words)
          : text(`years.pane.${subject}`, words));
      this.panes[index].show({
        subject,
        month,
        colouring: this.colours.select.value as Colouring,
        scale: this.scale,
        factor: this.enlarge.input.checked ? enlargement : 1,
        threads: this.threads.input.checked,
      });
    });
  }

  dispose(): void {
    removeEventListener('beforeprint', this.beforePrint);
    for (const pane of this.panes) pane.dispose();
  }

  private async arrange(arrangement: Arrangement): Promise<void> {
    this.arrangement = arrangement;
    const two = subjects[arrangement].length > 1;
    this.picture.dataset.panes = two ? '2' : '1';
    if (two) this.picture.append(this.panes[1].element);
    else this.panes[1].element.remove();
    this.show(this.month);
    if (!two || this.linked || !this.prediction) return;
    this.linked = true;
    const scene = await this.panes[1].ready();
    await this.panes[1].setPrediction(this.prediction, mostCollagen(this.prediction.course.document.threads));
    this.panes[0].head?.linkCamera(scene);
    this.show(this.month);
  }

  private look(view: NamedView): void {
    const frame = this.motion ? frameOf(this.motion) : undefined;
    for (const pane of this.panes) pane.head?.look(view, frame);
  }

  private setEnlarged(on: boolean): void {
    this.enlarge.input.checked = on;
    this.badge.hidden = !on;
    this.badge.textContent = on ? text('years.enlarge.badge') : '';
    this.show(this.month);
  }

  // One scale for the whole course and for both courses, so that colours of two months can be compared.
  private recolour(): void {
    const colouring = this.colours.select.value as Colouring;
    this.legend.replaceChildren();
    this.scale = null;
    if (colouring !== 'none' && this.motion) {
      const extent = this.extents.get(colouring) ?? this.motion.extent(colouring);
      this.extents.set(colouring, extent);
      this.scale = scaleOf(colouring, [extent]);
      if (this.scale) this.legend.append(scaleBar(colouring, this.scale));
    }
    this.show(this.month);
  }
}

/** What stands in the stage's place where the browser shows no 3-D. */
export function flatStage(predictionId: string): HTMLElement {
  return make('div', { class: 'stage' },
    make('p', { class: 'notice' }, text('years.flat')),
    make('img', { class: 'stage-flat', src: `/api/predictions/${predictionId}/lift.png`, alt: text('years.flat.alt') }));
}

/** Whether the stage can be drawn here. */
export const stageSupported = (): boolean => HeadScene.supported();
