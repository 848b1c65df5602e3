// A step of the story: how far its motion has come, from 0 to 1.
import { number } from '../shared/page';
import { ChartMark, FacePicture, SectionPicture } from './pictures';
import { daysPerMonth, type Story } from './story';
import { words } from './words';

// Beyond this many weeks people count in months.
const longestInWeeks = 17;

export class Step {
  readonly words: HTMLElement;
  readonly figure: HTMLElement;
  private readonly name: string;
  private readonly from: number;
  private readonly to: number;
  private readonly still: number;
  private readonly faces: FacePicture[];
  private readonly sections: SectionPicture[];
  private readonly marks: ChartMark[];
  private readonly clock: HTMLElement | null;
  private shown = -1;

  constructor(readonly element: HTMLElement, story: Story) {
    this.words = element.querySelector('.learn-words')!;
    this.figure = element.querySelector('.learn-figure')!;
    this.name = element.dataset.step!;
    this.from = Number(element.dataset.from);
    this.to = Number(element.dataset.to);
    this.still = Number(element.dataset.still);
    this.faces = [...element.querySelectorAll('.learn-face')].map((face) => new FacePicture(face, story));
    this.sections = [...element.querySelectorAll('.learn-section')].map((section) => new SectionPicture(section, story));
    this.marks = [...element.querySelectorAll<SVGElement>('.learn-chart > svg')].map((chart) => new ChartMark(chart, story));
    this.clock = element.querySelector('.learn-clock');
    this.rest();
  }

  /** Shows a part of its motion. */
  show(share: number): void {
    if (share === this.shown) return;
    this.shown = share;
    if (this.name === 'insert') for (const face of this.faces) face.insert(share);
    else if (this.name === 'anchor') for (const face of this.faces) face.lift(0, share);
    else this.day(this.from + share * (this.to - this.from));
  }

  /** Shows what it shows without motion. */
  rest(): void {
    this.shown = -1;
    if (this.name === 'insert') for (const face of this.faces) face.insert(1);
    else if (this.name === 'anchor') for (const face of this.faces) face.lift(0, 1);
    else this.day(this.still);
  }

  private day(day: number): void {
    for (const face of this.faces) face.show(0, day);
    for (const section of this.sections) section.show(0, day);
    for (const mark of this.marks) mark.show(day);
    if (this.clock) this.clock.textContent = this.to / 7 < longestInWeeks ? words('week', number(day / 7, 0)) : words('month', number(day / daysPerMonth, 0));
  }
}
