// One course with everything that belongs to it: pictures, time, chart, words and downloads move together.
import type { Scan } from '../plan/types';
import { text } from '../shared/page';
import { CourseChart } from './course-chart';
import { make } from '../shared/dom';
import type { CourseFacts } from './facts';
import type { Prediction } from './prediction';
import { flatStage, Stage, stageSupported } from './stage';
import { Downloads, honestSection, summarySection, warningsSection } from './summary';
import { ThreadTable } from './thread-table';
import { Timeline } from './timeline';
import { courseWords, liftLevel } from './words';

// Month at which a patient's view opens: the day of treatment would promise more than a patient keeps.
const patientMonth = 6;

export class CourseView {
  readonly element: HTMLElement;
  private readonly stage: Stage | null;
  private readonly timeline: Timeline;
  private readonly chart: CourseChart;
  private readonly downloads: Downloads;
  private readonly threads: ThreadTable;
  private readonly values = make('p', { class: 'years-words' });
  private readonly level = make('span', { class: 'lift-level' });
  private readonly spoken = make('p', { class: 'visually-hidden', role: 'status' });
  private speaking = 0;

  constructor(private readonly prediction: Prediction, scan: Scan, private readonly facts: CourseFacts) {
    const { course, state } = prediction;
    this.stage = stageSupported() ? new Stage(scan, (on) => on && this.timeline.set(Math.min(patientMonth, course.end), true)) : null;
    this.timeline = new Timeline(course.end, (month) => courseWords(course.at(month)), (month, spoken) => this.onMonth(month, spoken));
    this.chart = new CourseChart(course, facts, (month) => this.timeline.set(month, true));
    this.threads = new ThreadTable(course, new Map(prediction.plan.threads.map((thread) => [thread.id, thread.material])));
    this.downloads = new Downloads(state.id, `/api/plans/${state.planId}/versions/${state.version}?download`, `/compare?a=${state.planId}`);
    this.element = make('div', { class: 'course-view' },
      warningsSection(course),
      make('div', { class: 'years-main' },
        make('section', { class: 'years-picture', 'aria-labelledby': 'years-picture' },
          make('h2', { id: 'years-picture' }, text('years.picture')),
          this.stage?.element ?? flatStage(state.id),
          this.timeline.element,
          make('div', { class: 'years-now' }, this.values, this.level),
          make('p', { class: 'years-estimate small' }, text('years.estimate')),
          this.stage?.settings,
          this.threads.element,
          this.spoken),
        make('section', { class: 'card years-chart', 'aria-labelledby': 'years-chart' }, make('h2', { id: 'years-chart' }, text('years.chart')), this.chart.element)),
      summarySection(course, facts),
      honestSection(prediction, facts),
      this.downloads.element);
  }

  /** Draws everything; to be called once the element is in the page. */
  async draw(): Promise<void> {
    this.chart.draw();
    this.timeline.set(0, false);
    await this.stage?.setPrediction(this.prediction);
  }

  dispose(): void {
    clearTimeout(this.speaking);
    this.timeline.dispose();
    this.chart.destroy();
    this.stage?.dispose();
  }

  private onMonth(month: number, spoken: boolean): void {
    const { course } = this.prediction;
    const numbers = course.at(month);
    const words = courseWords(numbers);
    const level = liftLevel(numbers.lift, this.facts, course.document.summary.visibleThresholdMm);
    this.stage?.show(month);
    this.chart.setMonth(month);
    this.downloads.setMonth(month);
    this.threads.setMonth(month);
    this.values.textContent = words;
    this.level.dataset.level = level;
    this.level.textContent = text(`years.level.${level}`);
    clearTimeout(this.speaking);
    if (spoken) this.speaking = window.setTimeout(() => (this.spoken.textContent = `${words}; ${text(`years.level.${level}`)}`), 500);
  }
}
