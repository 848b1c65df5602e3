// A prediction for the patient's eyes: the face with threads beside the face without, true to scale, opening at the month that patients are shown first.
import type { PlanDraft } from '../plan/types';
import { HeadScene } from '../scene/head-scene';
import { ask, send } from '../shared/api';
import { make } from '../shared/dom';
import { number, text } from '../shared/page';
import { choiceBar } from '../years/controls';
import { CourseChart } from '../years/course-chart';
import { Course, type PredictionDocument } from '../years/document';
import type { CourseFacts } from '../years/facts';
import { parseFields } from '../years/fields';
import { firstView, frameOf, Pane, type PaneScan, type Subject } from '../years/pane';
import type { Prediction } from '../years/prediction';
import { mostCollagen } from '../years/threads-in-tissue';
import { Timeline } from '../years/timeline';
import { momentTitle, momentWords, signedPercent } from '../years/words';

/** What the server tells the page. */
export interface ConsultationFacts {
  prediction: string;
  scan: PaneScan;
  openingMonth: number;
  ranges: CourseFacts;
}

type Shown = 'both' | 'treated' | 'untreated';
type Parts = Pick<Prediction, 'course' | 'fields' | 'plan'>;

const subjects: Record<Shown, Subject[]> = { both: ['treated', 'untreated'], treated: ['treated'], untreated: ['untreated'] };

export class PatientView {
  readonly element: HTMLElement;
  private readonly panes: Pane[];
  private readonly picture = make('div', { class: 'stage-panes' });
  private readonly timeline: Timeline;
  private readonly chart: CourseChart;
  private readonly values = make('p', { class: 'years-words', role: 'status' });
  private shown: Shown = 'both';
  private month = 0;

  /** Fetches what the clinic shows of the prediction; throws a Refusal or an Error with what is wrong. */
  static async fetch(facts: ConsultationFacts): Promise<PatientView> {
    const base = `/api/predictions/${facts.prediction}/consultation`;
    const [document, fields, plan] = await Promise.all([
      ask<PredictionDocument>('GET', `${base}/document`),
      send('GET', `${base}/fields`).then((answer) => answer.arrayBuffer()).then(parseFields),
      ask<PlanDraft>('GET', `${base}/plan`),
    ]);
    return new PatientView(facts, base, { course: new Course(document), fields, plan });
  }

  private constructor(private readonly facts: ConsultationFacts, base: string, private readonly parts: Parts) {
    const label = (caption: string): string => text('face.pane.label', caption);
    this.panes = HeadScene.supported() ? subjects.both.map(() => new Pane(facts.scan, label, `${base}/surface`)) : [];
    this.timeline = new Timeline(parts.course.end, (month) => this.words(month), (month) => this.onMonth(month));
    this.chart = new CourseChart(parts.course, facts.ranges, (month) => this.timeline.set(month, true));
    const choices: Shown[] = ['both', 'treated', 'untreated'];
    this.element = make('div', { class: 'consultation-view' },
      this.panes.length > 0
        ? make('div', { class: 'stage' },
            choiceBar('shown', text('face.show'), choices.map((value) => ({ value, words: text(`face.show.${value}`) })), 'both', (value) => this.arrange(value)),
            make('div', { class: 'stage-picture' }, this.picture))
        : make('p', { class: 'notice' }, text('flat')),
      this.timeline.element,
      this.values,
      make('section', { class: 'card years-chart', 'aria-labelledby': 'consultation-chart' }, make('h3', { id: 'consultation-chart' }, text('face.chart')), this.chart.element));
    this.element.dataset.flat = String(this.panes.length === 0);
  }

  /** Draws everything; to be called once the element is in the page. */
  async draw(): Promise<void> {
    this.chart.draw();
    this.arrange('both');
    this.timeline.set(Math.min(this.facts.openingMonth, this.parts.course.end), false);
    const [first, second] = this.panes;
    if (!first) return;
    const most = mostCollagen(this.parts.course.document.threads);
    const prediction = this.parts as Prediction;
    const motion = await first.setPrediction(prediction, most);
    await second.setPrediction(prediction, most);
    const view = firstView(this.facts.scan, prediction);
    for (const pane of this.panes) pane.head?.look(view, frameOf(motion));
    if (second.head) first.head?.linkCamera(second.head);
    this.showPanes();
  }

  private arrange(shown: Shown): void {
    this.shown = shown;
    const both = subjects[shown].length > 1;
    this.picture.dataset.panes = both ? '2' : '1';
    this.picture.replaceChildren(...this.panes.slice(0, both ? 2 : 1).map((pane) => pane.element));
    this.showPanes();
  }

  private onMonth(month: number): void {
    this.month = month;
    this.chart.setMonth(month);
    this.values.textContent = this.words(month);
    this.showPanes();
  }

  private showPanes(): void {
    subjects[this.shown].forEach((subject, index) => {
      const pane = this.panes[index];
      pane?.setCaption(text(`face.pane.${subject}`, momentWords(this.month)));
      pane?.show({ subject, month: this.month, colouring: 'none', scale: null, factor: 1, threads: true });
    });
  }

  private words(month: number): string {
    const numbers = this.parts.course.at(month);
    return text('face.now', momentTitle(month), number(numbers.lift, 1), signedPercent(numbers.support - numbers.untreatedSupport));
  }
}
