// Controls of the plan page.
import { make } from '../shared/dom';

/** A select with its choices; the first member of a pair is the value. */
export function choice(id: string, label: string, options: readonly (readonly [string, string])[], value: string | null, onchange: (value: string) => void): HTMLElement {
  const select = make('select', { id, onchange: () => onchange(select.value) });
  for (const [key, name] of options) select.append(make('option', { value: key, selected: key === value }, name));
  if (value === null) select.prepend(make('option', { value: '', selected: true, disabled: true, hidden: true }, '…'));
  return make('div', { class: 'field' }, make('label', { for: id }, label), select);
}
