// Any month of two materials: the slider moves the face and the tissue under it.
import { number } from '../shared/page';
import { ChartMark, FacePicture, SectionPicture } from './pictures';
import { daysPerMonth, type Story } from './story';
import { words } from './words';

export class Explorer {
  private readonly slider: HTMLInputElement;
  private readonly face: FacePicture;
  private readonly section: SectionPicture;
  private readonly mark: ChartMark;

  constructor(private readonly element: HTMLElement, private readonly story: Story) {
    element.hidden = false;
    this.slider = element.querySelector<HTMLInputElement>('#month')!;
    this.face = new FacePicture(element.querySelector('.learn-face')!, story);
    this.section = new SectionPicture(element.querySelector('.learn-section')!, story);
    this.mark = new ChartMark(element.querySelector<SVGElement>('.learn-chart > svg')!, story);
    element.addEventListener('input', () => this.show());
    this.show();
  }

  private show(): void {
    const month = Number(this.slider.value);
    const run = Number(this.element.querySelector<HTMLInputElement>('input[name="material"]:checked')?.value ?? 0);
    const day = month * daysPerMonth;
    this.face.show(run, day);
    this.section.show(run, day);
    this.mark.show(day);
    const value = (name: string): number => this.story.value(run, name, day);
    const percent = (share: number): string => number(100 * share, 0);
    const said = words('now', String(month), number(value('lift'), 1), percent(value('support') - value('untreatedSupport')), percent(value('strength')), percent(value('mass')), number(value('collagenAtBarb'), 2));
    this.element.querySelector('#now')!.textContent = said;
    this.slider.setAttribute('aria-valuetext', said);
  }
}
