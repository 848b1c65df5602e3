// Third step: the patient.
import { text } from '../shared/page';
import { showProblem } from './controls';
import { byId } from '../shared/dom';
import type { Scan } from './scan';

const YOUNGEST = 18;
const OLDEST = 110;

/** The patient as the form has it; null where something is not given yet. */
export interface PatientForm {
  name: string;
  ageYears: number | null;
  sex: string | null;
  laxity: string | null;
  smoker: boolean;
}

export class PatientStep {
  private readonly form = byId<HTMLFormElement>('patient');
  private saved: string;

  constructor(onChange: () => void, onSubmit: () => void) {
    this.saved = JSON.stringify(this.values());
    this.form.addEventListener('input', onChange);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      onSubmit();
    });
  }

  get changed(): boolean {
    return JSON.stringify(this.values()) !== this.saved;
  }

  values(): PatientForm {
    const chosen = (name: string): string | null => this.form.querySelector<HTMLInputElement>(`[name=${name}]:checked`)?.value ?? null;
    const age = byId<HTMLInputElement>('age').value.trim();
    return {
      name: byId<HTMLInputElement>('name').value.trim(),
      ageYears: age === '' ? null : Number(age),
      sex: chosen('sex'),
      laxity: chosen('laxity'),
      smoker: chosen('smoker') !== null,
    };
  }

  /** Shows a scan's patient. */
  take(scan: Scan): void {
    byId<HTMLInputElement>('name').value = scan.name;
    byId<HTMLInputElement>('age').value = scan.ageYears === null ? '' : String(scan.ageYears);
    for (const [name, value] of [['sex', scan.sex], ['laxity', scan.laxity]]) {
      for (const input of this.form.querySelectorAll<HTMLInputElement>(`[name=${name}]`)) input.checked = input.value === value;
    }
    this.form.querySelector<HTMLInputElement>('[name=smoker]')!.checked = scan.smoker;
    this.keep();
  }

  /** What is here is what the server has. */
  keep(): void {
    this.saved = JSON.stringify(this.values());
  }

  /** What is missing or wrong, by the name of the field. */
  problems(): Map<string, string> {
    const { name, ageYears, sex, laxity } = this.values();
    const problems = new Map<string, string>();
    if (name === '') problems.set('name', text('name.needed'));
    if (ageYears === null || !(ageYears >= YOUNGEST && ageYears <= OLDEST)) problems.set('ageYears', text('age.needed'));
    if (sex === null) problems.set('sex', text('sex.needed'));
    if (laxity === null) problems.set('laxity', text('laxity.needed'));
    return problems;
  }

  /** Shows problems at their fields and goes to the first; false where a name fits no field. */
  show(problems: Map<string, string>): boolean {
    let first: HTMLElement | null = null;
    let known = 0;
    for (const place of this.form.querySelectorAll<HTMLElement>('[data-problem]')) {
      const name = place.dataset.problem!;
      const message = problems.get(name) ?? '';
      showProblem(place, message);
      const field = this.form.querySelector<HTMLElement>(`[name=${name}]`)!;
      place.id = `problem-${name}`;
      if (message === '') {
        field.removeAttribute('aria-describedby');
        field.removeAttribute('aria-invalid');
      } else {
        field.setAttribute('aria-describedby', place.id);
        field.setAttribute('aria-invalid', 'true');
        first ??= field;
        known++;
      }
    }
    first?.focus();
    return known === problems.size;
  }
}
