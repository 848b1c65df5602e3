// The dialog that lays a standard plan on a scan and opens it.
import { Refusal, ask } from '../shared/api';
import { text } from '../shared/page';
import { showProblem } from './controls';
import { byId } from '../shared/dom';

/** Whom a plan is made for. */
export interface PlanSubject {
  scanId: string;
  name: string;
  body: 'head' | 'torso';
  patient: { ageYears: number; sex: string; laxity: string; smoker: boolean };
}

const DEFAULT_AREA = { head: 'jawline', torso: 'abdomen' };

/** One dialog a page; the element is in the page (NewPlanDialog.razor). */
export class NewPlanDialog {
  private readonly dialog = byId<HTMLDialogElement>('new-plan');
  private readonly area = byId<HTMLSelectElement>('new-plan-area');
  private readonly material = byId<HTMLSelectElement>('new-plan-material');
  private readonly name = byId<HTMLInputElement>('new-plan-name');
  private readonly problem = byId('new-plan-problem');
  private readonly go = this.dialog.querySelector<HTMLButtonElement>('button[type=submit]')!;
  private readonly areas = [...this.area.options];
  private subject: PlanSubject | null = null;
  private request: AbortController | null = null;
  private ownName = false;

  constructor() {
    this.dialog.querySelector('form')!.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.create();
    });
    this.dialog.querySelector('[data-do=close]')!.addEventListener('click', () => this.dialog.close());
    this.dialog.addEventListener('close', () => this.request?.abort());
    this.name.addEventListener('input', () => (this.ownName = this.name.value.trim() !== ''));
    for (const select of [this.area, this.material]) select.addEventListener('change', () => this.suggestName());
  }

  /** Asks for area, material and name. */
  open(subject: PlanSubject): void {
    this.subject = subject;
    byId('new-plan-for').textContent = text('new.for', subject.name);
    this.area.replaceChildren(...this.areas.filter((option) => option.dataset.body === subject.body));
    for (const refused of this.dialog.querySelectorAll<HTMLElement>('details [data-body]')) refused.hidden = refused.dataset.body !== subject.body;
    this.area.value = DEFAULT_AREA[subject.body];
    this.material.selectedIndex = 0;
    this.ownName = false;
    this.suggestName();
    this.busy(false);
    showProblem(this.problem, '');
    this.dialog.showModal();
    this.area.focus();
  }

  private suggestName(): void {
    if (!this.ownName) this.name.value = `${this.area.selectedOptions[0].text}, ${this.material.value}`;
  }

  private async create(): Promise<void> {
    const { subject } = this;
    if (!subject || this.request) return;
    this.request = new AbortController();
    const { signal } = this.request;
    this.busy(true);
    showProblem(this.problem, '');
    try {
      const plan = await ask<unknown>('POST', `/api/scans/${subject.scanId}/suggest`, { area: this.area.value, material: this.material.value, patient: subject.patient }, signal);
      const made = await ask<{ id: string }>('POST', '/api/plans', { scanId: subject.scanId, name: this.name.value.trim(), plan }, signal);
      location.assign(`/plans/${made.id}`);
    } catch (error) {
      this.busy(false);
      if (signal.aborted) return;
      if (error instanceof Refusal) showProblem(this.problem, error.message);
      else showProblem(this.problem, text('offline'));
    } finally {
      this.request = null;
    }
  }

  private busy(busy: boolean): void {
    this.go.disabled = busy;
    this.go.textContent = text(busy ? 'new.working' : 'new.go');
  }
}
