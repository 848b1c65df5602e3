// First step: is the scan of the right size and the right way up?
import { Refusal, ask } from '../shared/api';
import { number, text } from '../shared/page';
import { distance } from '../scene/vectors';
import { type Turn, fits, turned } from './axes';
import { showProblem } from './controls';
import { byId, make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import { JobProgress } from './job-progress';
import type { LandmarkState } from './landmark-state';
import type { Scan, ScanFacts } from './scan';
import type { ScanView } from './scan-view';

const EYES = 'lateral-canthus';
const UNITS_MM: Record<string, number> = { mm: 1, cm: 10, m: 1000, in: 25.4 };

/** The unit in which a length of the file comes nearest to what is usual, by ratio. */
function fittingUnit(length: number, usualMm: number): string {
  const away = (unit: string): number => Math.abs(Math.log((length * UNITS_MM[unit]) / usualMm));
  return Object.keys(UNITS_MM).reduce((best, unit) => (away(unit) < away(best) ? unit : best));
}

export class ReadingStep {
  private readonly unit = byId<HTMLSelectElement>('unit');
  private readonly up = byId<HTMLSelectElement>('up');
  private readonly front = byId<HTMLSelectElement>('front');
  private readonly again = byId<HTMLButtonElement>('reading-again');
  private readonly answer = byId('reading-answer');
  private readonly progress = new JobProgress('reading');
  private busy = false;

  /** `onRead` is told of the scan as it was read again. */
  constructor(
    private scan: Scan,
    private readonly known: ScanFacts,
    private readonly view: ScanView,
    private readonly landmarks: LandmarkState,
    private readonly onRead: (scan: Scan) => Promise<void>,
    private readonly onConflict: () => void,
  ) {
    this.again.addEventListener('click', () => void this.read());
    for (const select of [this.unit, this.up, this.front]) {
      select.addEventListener('change', () => {
        if (select === this.up) this.makeFit(this.front);
        if (select === this.front) this.makeFit(this.up);
        this.update();
      });
    }
    for (const button of byId('reading').querySelectorAll<HTMLElement>('[data-turn]')) {
      button.addEventListener('click', () => this.turn(button.dataset.turn as Turn));
    }
    this.update();
  }

  /** Shows a scan. */
  take(scan: Scan): void {
    this.scan = scan;
    this.unit.value = scan.unit;
    this.up.value = scan.up;
    this.front.value = scan.front;
    this.update();
  }

  /** Draws what is known: size, remarks, what can be changed. */
  update(): void {
    const { scan } = this;
    const locked = scan.plans > 0 && scan.origin === 'uploaded';
    byId<HTMLFieldSetElement>('reading').disabled = scan.origin === 'sample' || locked || this.busy;
    const changed = this.changed;
    this.again.disabled = !changed;
    this.again.classList.toggle('primary', changed);
    const why = locked ? text('reading.plans')
      : changed && this.landmarks.changed ? text('reading.lose')
      : scan.unitInferred && scan.origin === 'uploaded' ? text('unit.inferred') : '';
    showProblem(byId('reading-why'), why);
    byId('remarks').replaceChildren(...(scan.remarks.length > 0 ? scan.remarks.map((remark) => make('li', { lang: languageOf(remark) }, remark)) : [make('li', {}, text('remarks.none'))]));
    byId('size').replaceChildren(...this.sizes());
  }

  private get changed(): boolean {
    return this.unit.value !== this.scan.unit || this.up.value !== this.scan.up || this.front.value !== this.scan.front;
  }

  private sizes(): Node[] {
    const extent = this.view.extent();
    const lines: Node[] = [];
    if (extent) {
      const cm = (axis: number): string => number((extent.high[axis] - extent.low[axis]) / 10, 1);
      lines.push(make('p', { class: 'size' }, text('size.box', cm(1), cm(0), cm(2))));
    }
    const left = this.landmarks.get(`${EYES}.left`);
    const right = this.landmarks.get(`${EYES}.right`);
    if (left && right) {
      const { lowMm, highMm, source } = this.known.eyes;
      const mm = distance(left.position, right.position);
      const better = fittingUnit(mm / UNITS_MM[this.scan.unit], (lowMm + highMm) / 2);
      const fine = better === this.scan.unit;
      const fit = !fine ? text('size.eyes.off', text(`unit.${better}`)) : mm >= lowMm && mm <= highMm ? text('size.eyes.fits') : text('size.eyes.near');
      lines.push(make('p', { class: 'size' }, text('size.eyes', number(mm / 10), number(lowMm / 10), number(highMm / 10)), ' ',
        make('strong', { class: fine ? 'fine' : 'off' }, `${fine ? '✓' : '!'} ${fit}`), ' ',
        make('a', { href: `/evidence/${source}`, class: 'small' }, text('size.source', source))));
    } else if (extent) {
      lines.push(make('p', { class: 'size' }, text('size.unknown')));
    }
    return lines;
  }

  // Two axes along one line are no reading: the other one gives way.
  private makeFit(other: HTMLSelectElement): void {
    if (fits({ up: this.up.value, front: this.front.value })) return;
    const chosen = other === this.front ? this.up.value : this.front.value;
    other.value = ['+z', '+y', '+x'].find((axis) => axis[1] !== chosen[1])!;
  }

  private turn(turn: Turn): void {
    const next = turned({ up: this.up.value, front: this.front.value }, turn);
    this.up.value = next.up;
    this.front.value = next.front;
    this.update();
    // Work by hand is never thrown away by a quick button.
    if (this.landmarks.changed) this.again.focus();
    else void this.read();
  }

  private async read(): Promise<void> {
    if (this.busy) return;
    const focused = document.activeElement as HTMLElement | null;
    this.busy = true;
    this.answer.replaceChildren();
    this.update();
    try {
      const { job } = await ask<{ job: string }>('PUT', `/api/scans/${this.scan.id}/reading`, {
        revision: this.scan.revision, unit: this.unit.value, up: this.up.value, front: this.front.value,
      });
      const status = await this.progress.follow(job, text('reading.working'));
      if (status.state === 'done') {
        await this.onRead(await ask<Scan>('GET', `/api/scans/${this.scan.id}`));
        this.answer.replaceChildren(make('p', { class: 'quiet' }, text('reading.done')));
      } else if (status.state === 'failed') {
        this.refuse(status.problem === null ? text('lost') : status.place ? `${status.place}: ${status.problem}` : status.problem);
      }
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) this.onConflict();
      else this.refuse(error instanceof Refusal ? error.message : text('offline'));
    } finally {
      this.progress.hide();
      this.busy = false;
      this.update();
      focused?.focus();
    }
  }

  private refuse(message: string): void {
    this.take(this.scan);
    this.answer.replaceChildren(make('div', { class: 'problem' }, make('p', {}, text('reading.failed')), make('p', { lang: languageOf(message) }, message)));
  }
}
