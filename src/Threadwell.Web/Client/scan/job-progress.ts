// Shows where a job stands, with a way out.
import { type JobStatus, follow, send } from '../shared/api';
import { language, text } from '../shared/page';
import { byId } from '../shared/dom';
import { languageOf } from '../shared/engine';

/** The elements `PREFIX-job`, `PREFIX-step`, `PREFIX-progress` and `PREFIX-cancel` of a page. */
export class JobProgress {
  private readonly box: HTMLElement;
  private readonly step: HTMLElement;
  private readonly bar: HTMLProgressElement;
  private cancel: () => void = () => undefined;

  /** Whether a followed job has said where it stands: one that is not there never does. */
  heard = false;

  constructor(prefix: string) {
    this.box = byId(`${prefix}-job`);
    this.step = byId(`${prefix}-step`);
    this.bar = byId<HTMLProgressElement>(`${prefix}-progress`);
    byId(`${prefix}-cancel`).addEventListener('click', () => this.cancel());
  }

  /** Shows a step; `cancel` is what the button does. */
  show(step: string, fraction: number, cancel: () => void): void {
    this.cancel = cancel;
    this.box.hidden = false;
    this.step.removeAttribute('lang');
    this.step.textContent = step;
    this.bar.value = fraction;
  }

  /** Follows a job to its end; cancelling cancels it. */
  async follow(job: string, waiting: string): Promise<JobStatus> {
    this.show(waiting, 0, () => void send('DELETE', `/api/jobs/${job}`).catch(() => undefined));
    const status = await follow(job, (now) => {
      this.heard = true;
      this.bar.value = now.fraction;
      this.step.textContent = now.step || text('upload.waiting');
      this.step.lang = languageOf(this.step.textContent) ?? language;
    }).over;
    this.hide();
    return status;
  }

  /** Puts it away. */
  hide(): void {
    this.box.hidden = true;
  }
}
