// Keeps the scan on the server: saving, confirming, and what to do when another window was faster.
import { Refusal, ask } from '../shared/api';
import { text } from '../shared/page';
import { byId, make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { LandmarkState } from './landmark-state';
import type { PatientStep } from './patient-step';
import type { Scan } from './scan';

/** Why a scan was not kept, where it is not for this keeper to say. */
export type NotKept = { landmark: number; message: string } | { field: string; message: string };

export class ScanKeeper {
  private readonly answer = byId('answer');
  private busy = false;

  constructor(
    public scan: Scan,
    private readonly landmarks: LandmarkState,
    private readonly patient: PatientStep,
    private readonly onTaken: (scan: Scan) => void,
    private readonly onNotKept: (why: NotKept) => void,
  ) {}

  /** Sends everything; calls back when it was kept, be it after a question. */
  async keep(confirmed: boolean, onKept: () => void = () => undefined): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.answer.replaceChildren(make('p', { class: 'quiet' }, text('saving')));
    const { name, ageYears, sex, laxity, smoker } = this.patient.values();
    try {
      const scan = await ask<Scan>('PUT', `/api/scans/${this.scan.id}`, {
        revision: this.scan.revision, name, body: this.landmarks.body, ageYears, sex, laxity, smoker, landmarks: this.landmarks.all(), confirmed,
      });
      this.answer.replaceChildren(make('p', { class: 'quiet' }, text(confirmed ? 'confirmed' : 'saved')));
      this.onTaken(scan);
      onKept();
    } catch (error) {
      this.answer.replaceChildren();
      if (!(error instanceof Refusal)) this.say(text('offline'));
      else if (error.status === 409) this.askWhich(() => void this.keep(confirmed, onKept), Number(error.body.revision));
      else this.refuse(error);
    } finally {
      this.busy = false;
    }
  }

  /** Another window has changed the scan: keep what is here, or take what is there. */
  private askWhich(again: () => void, revision: number): void {
    const mine = make('button', { type: 'button' }, text('conflict.mine'));
    const other = make('button', { type: 'button' }, text('conflict.other'));
    mine.addEventListener('click', () => {
      this.scan = { ...this.scan, revision };
      this.answer.replaceChildren();
      again();
    });
    other.addEventListener('click', () => void this.takeOther());
    this.answer.replaceChildren(make('div', { class: 'problem' }, make('p', {}, text('conflict')), make('div', { class: 'row' }, mine, other)));
    mine.focus();
  }

  private async takeOther(): Promise<void> {
    try {
      const scan = await ask<Scan>('GET', `/api/scans/${this.scan.id}`);
      this.answer.replaceChildren();
      this.onTaken(scan);
    } catch (error) {
      this.say(error instanceof Refusal ? error.message : text('offline'));
    }
  }

  private refuse(refusal: Refusal): void {
    const index = /^landmarks\[(\d+)\]/.exec(refusal.place ?? '')?.[1];
    if (index !== undefined) this.onNotKept({ landmark: Number(index), message: refusal.message });
    else if (refusal.place) this.onNotKept({ field: refusal.place, message: refusal.message });
    else this.say(refusal.message);
  }

  /** Shows a message beside the buttons. */
  say(message: string): void {
    this.answer.replaceChildren(make('p', { class: 'problem', lang: languageOf(message) }, message));
  }
}
