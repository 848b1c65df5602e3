import { ask, Refusal } from '../shared/api';
import { languageOf } from '../shared/engine';
import { language, text } from '../shared/page';
import { choice } from './controls';
import { make } from '../shared/dom';
import type { PlanStore } from './store';
import type { Laxity, Material, Patient, PlanDraft, Scan, Sex } from './types';

interface Areas {
  areas: string[];
  refused: { area: string; refusal: string }[];
}

const LAXITIES: readonly Laxity[] = ['none', 'mild', 'moderate', 'marked', 'severe'];
const MATERIALS: readonly Material[] = ['PDO', 'PLLA', 'PCL', 'PLCL'];

/** Asks for the standard plan of an area. */
export const suggest = (scanId: string, area: string, material: Material, patient: Patient): Promise<PlanDraft> => ask<PlanDraft>('POST', `/api/scans/${scanId}/suggest`, { area, material, patient });

/** The form of the standard plan: area, material and patient, and one button. */
export class StandardPlanForm {
  private areas: Areas = { areas: [], refused: [] };
  private area: string;
  private material: Material;
  private patient: Patient;
  private readonly problem = make('p', { class: 'problem', role: 'alert', id: 'standard-problem', hidden: true });

  constructor(private readonly host: HTMLElement, private readonly scan: Scan, private readonly store: PlanStore, private readonly say: (words: string) => void) {
    this.area = store.draft.area;
    this.material = store.draft.threads[0]?.material ?? 'PDO';
    this.patient = { ...store.draft.patient };
  }

  async load(): Promise<void> {
    this.areas = await ask<Areas>('GET', `/api/scans/${this.scan.id}/areas`);
    this.render();
  }

  private render(): void {
    const areas: [string, string][] = [...this.areas.areas.map((area): [string, string] => [area, text(`area.${area}`)]), ...this.areas.refused.map((refused): [string, string] => [refused.area, text('area.refused', text(`area.${refused.area}`))])];
    const age = make('input', { id: 's-age', type: 'number', min: 18, max: 110, step: 1, inputmode: 'numeric', value: this.patient.ageYears, onchange: () => (this.patient = { ...this.patient, ageYears: Number(age.value) }) });
    const smoker = make('input', { id: 's-smoker', type: 'checkbox', checked: this.patient.smoker, onchange: () => (this.patient = { ...this.patient, smoker: smoker.checked }) });
    this.host.replaceChildren(
      make('p', { class: 'small quiet' }, text('standard.about')),
      make('div', { class: 'fields' },
        choice('s-area', text('standard.area'), areas, this.area, (value) => { this.area = value; this.tellRefusal(); }),
        choice('s-material', text('f.material'), MATERIALS.map((material): [string, string] => [material, text(`material.${material}`)]), this.material, (value) => (this.material = value as Material)),
        make('div', { class: 'field' }, make('label', { for: 's-age' }, text('standard.age')), age),
        choice('s-sex', text('standard.sex'), [['female', text('sex.female')], ['male', text('sex.male')]], this.patient.sex, (value) => (this.patient = { ...this.patient, sex: value as Sex })),
        choice('s-laxity', text('standard.laxity'), LAXITIES.map((laxity): [string, string] => [laxity, text(`laxity.${laxity}`)]), this.patient.laxity, (value) => (this.patient = { ...this.patient, laxity: value as Laxity })),
        make('div', { class: 'field tickfield' }, smoker, make('label', { for: 's-smoker' }, text('standard.smoker')))),
      this.problem,
      make('button', { type: 'button', class: 'primary', id: 'standard-plan', onclick: () => void this.apply() }, text('standard.apply')));
  }

  private tellRefusal(): void {
    const refused = this.areas.refused.find((candidate) => candidate.area === this.area);
    this.tell(refused?.refusal ?? '');
  }

  private async apply(): Promise<void> {
    this.problem.hidden = true;
    try {
      const plan = await suggest(this.scan.id, this.area, this.material, this.patient);
      this.store.edit(() => plan, undefined, []);
      this.say(text('said.standard', plan.threads.length));
    } catch (error) {
      this.tell(error instanceof Refusal ? error.message : text('offline'));
    }
  }

  private tell(problem: string): void {
    this.problem.textContent = problem;
    this.problem.lang = languageOf(problem) ?? language;
    this.problem.hidden = problem === '';
  }
}
