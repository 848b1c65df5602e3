// What the picture shows of the threads, as a table at the month shown.
import { number, text } from '../shared/page';
import { numberTable } from './controls';
import { make } from '../shared/dom';
import type { Course, ThreadCourse } from './document';
import { moment, valueAt } from './time';
import { materialName, momentWords } from './words';

export class ThreadTable {
  readonly element: HTMLDetailsElement;
  private readonly summary = make('summary');
  private readonly body = make('div');
  private month = 0;

  /** @param materials Material of each thread, by its id. */
  constructor(private readonly course: Course, private readonly materials: Map<string, string>) {
    this.element = make('details', { class: 'chart-table thread-table' }, this.summary, this.body);
    this.element.addEventListener('toggle', () => this.draw());
  }

  setMonth(month: number): void {
    this.month = month;
    this.summary.textContent = text('years.threadTable', momentWords(month));
    this.draw();
  }

  // Drawn only where somebody looks at it: a playing course would make a table sixty times a second.
  private draw(): void {
    if (!this.element.open) return;
    const at = moment(this.course.months, this.month);
    const percent = (values: number[]): string => `${number(100 * valueAt(values, at), 0)} %`;
    const headings = ['id', 'material', 'strength', 'mass', 'tension', 'collagen', 'slipped'].map((key) => text(`years.threadTable.${key}`));
    this.body.replaceChildren(numberTable(this.summary.textContent ?? '', headings, this.course.document.threads.map((thread: ThreadCourse) => [
      thread.id,
      materialName(this.materials.get(thread.id) ?? ''),
      percent(thread.strength),
      percent(thread.mass),
      number(valueAt(thread.tensionN, at), 2),
      number(valueAt(thread.collagen, at), 3),
      number(Math.floor(valueAt(thread.slippedBarbs, at)), 0),
    ]), false));
  }
}
