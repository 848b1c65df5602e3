// Controls of the years.
import { make } from '../shared/dom';

/** A group of radio buttons drawn as one bar; one is always chosen. */
export function choiceBar<T extends string>(
  name: string, legend: string, choices: { value: T; words: string }[], chosen: T, change: (value: T) => void): HTMLFieldSetElement & { choose(value: T): void } {
  const inputs = choices.map(({ value, words }) => {
    const input = make('input', { type: 'radio', name, value, class: 'visually-hidden', checked: value === chosen });
    input.addEventListener('change', () => change(value));
    return { input, value, label: make('label', {}, input, make('span', {}, words)) };
  });
  const bar = make('fieldset', { class: 'choice-bar' }, make('legend', { class: 'visually-hidden' }, legend), ...inputs.map(({ label }) => label));
  return Object.assign(bar, {
    choose(value: T): void {
      for (const choice of inputs) choice.input.checked = choice.value === value;
    },
  });
}

/** A checkbox drawn as a switch, with a hint under its words. */
export function switchBox(words: string, hint: string, change: (on: boolean) => void): { element: HTMLLabelElement; input: HTMLInputElement } {
  const input = make('input', { type: 'checkbox', role: 'switch' });
  input.addEventListener('change', () => change(input.checked));
  return { element: make('label', { class: 'switch' }, input, make('span', {}, words, make('span', { class: 'hint' }, hint))), input };
}

/** A labelled select. */
export function selectBox<T extends string>(
  words: string, options: { value: T; words: string; disabled?: boolean }[], chosen: T, change: (value: T) => void): { element: HTMLLabelElement; select: HTMLSelectElement } {
  const select = make('select', {}, ...options.map(({ value, words: shown, disabled }) => make('option', { value, selected: value === chosen, disabled }, shown)));
  select.addEventListener('change', () => change(select.value as T));
  return { element: make('label', { class: 'field' }, make('span', {}, words), select), select };
}

/** A table with a caption; the first cell of a row is its heading, cells after it are numbers. Where a heading above says the same, the caption is for screen readers. */
export function numberTable(caption: string, headings: string[], rows: string[][], captionShown = true): HTMLDivElement {
  const table = make('table', {},
    make('caption', { class: captionShown ? undefined : 'visually-hidden' }, caption),
    make('thead', {}, make('tr', {}, ...headings.map((heading, index) => make('th', { scope: 'col', class: index > 0 ? 'number' : undefined }, heading)))),
    make('tbody', {}, ...rows.map(([first, ...others]) => make('tr', {}, make('th', { scope: 'row' }, first), ...others.map((cell) => make('td', { class: 'number' }, cell))))));
  return make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, table);
}
