// Fields of a form and what is wrong with them.
import { make } from '../shared/dom';
import type { Refusal } from '../shared/api';

/** The form of a name. */
export function formOf(name: string): HTMLFormElement {
  return document.querySelector<HTMLFormElement>(`form[data-form="${name}"]`)!;
}

/** The value of a field; for radio buttons the chosen one. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const element = form.elements.namedItem(name);
  return element instanceof RadioNodeList || element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.value : '';
}

/** Puts a value into a field, unless somebody is typing in it or it holds something that was refused. */
export function put(form: HTMLFormElement, name: string, value: string): void {
  const element = form.elements.namedItem(name);
  if (element instanceof RadioNodeList) {
    if (value) element.value = value;
  } else if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
    if (element !== document.activeElement && element.getAttribute('aria-invalid') !== 'true') element.value = value;
  }
}

/** The ticked values of a group. */
export function ticked(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="ticked"]:checked')].map((box) => box.value);
}

/** Shows what is wrong beside each field; returns what has no field of its own. */
export function showProblems(form: HTMLElement, problems: Record<string, string>): string {
  for (const shown of form.querySelectorAll('[data-problem]')) shown.remove();
  for (const invalid of form.querySelectorAll('[aria-invalid]')) {
    invalid.removeAttribute('aria-invalid');
    const described = (invalid.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && !id.startsWith('problem-'));
    if (described.length > 0) invalid.setAttribute('aria-describedby', described.join(' '));
    else invalid.removeAttribute('aria-describedby');
  }
  const left: string[] = [];
  for (const [field, problem] of Object.entries(problems)) {
    const host = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (!host) {
      left.push(problem);
      continue;
    }
    const id = `problem-${field}`;
    host.append(make('p', { class: 'problem small', id, 'data-problem': true }, problem));
    for (const control of host.querySelectorAll('input, select')) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', [control.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
    }
  }
  return [...new Set(left)].join(' ');
}

/** What a refusal says of fields; of the whole under an empty name. */
export function problemsOf(refusal: Refusal | null): Record<string, string> {
  if (!refusal) return {};
  const fields = refusal.body.fields as Record<string, string> | undefined;
  return fields && Object.keys(fields).length > 0 ? fields : { '': refusal.message };
}

/** Shows a refusal at a form: at its fields, the rest in a paragraph at its end; the first wrong field takes the focus where a button was pressed. */
export function showRefusal(form: HTMLElement, refusal: Refusal | null, focus = false): void {
  const rest = showProblems(form, problemsOf(refusal));
  if (rest) form.append(make('p', { class: 'problem', role: 'alert', 'data-problem': true }, rest));
  if (focus && refusal) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
