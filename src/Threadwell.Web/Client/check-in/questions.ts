// Draws questions and takes answers. Plain inputs, so that a keyboard and a screen reader work as everywhere; big enough for a thumb.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import { isAnswered } from '../triage/conditions';
import type { Answers, Question } from '../triage/file';
import { icon } from './icons';
import { toggled } from './state';
import { said } from './words';

type Answer = (question: Question, answer: Answers[string] | null) => void;

const longestNote = 1000;

/** One picture of the safety screen, with its details where it is open. */
export function sign(question: Question, answers: Answers, isOpen: boolean, press: () => void, answer: Answer): HTMLElement {
  const chosen = Array.isArray(answers[question.id]) ? (answers[question.id] as string[]) : [];
  const has = chosen.some((choice) => choice !== 'none');
  const state = has ? 'yes' : chosen.length > 0 ? 'none' : isOpen ? 'which' : '';
  return make(
    'li',
    { class: 'sign', 'data-state': state || null, 'data-open': isOpen || null },
    make(
      'button',
      { type: 'button', id: `sign-${question.id}`, class: 'sign-button', 'aria-expanded': String(isOpen), 'aria-controls': `detail-${question.id}`, onclick: press },
      icon(question.id),
      make('span', { class: 'sign-words' }, said(question.text)),
      make('span', { class: 'sign-state' }, state ? text(`sign.${state}`) : ''),
    ),
    isOpen &&
      make(
        'fieldset',
        { class: 'sign-detail', id: `detail-${question.id}` },
        make('legend', {}, text('which', said(question.text))),
        ...question.choices!.map((choice) => box(question, choice.id, said(choice.text), chosen.includes(choice.id), answer, answers)),
      ),
  );
}

/** A question of the short screen. */
export function field(question: Question, answers: Answers, answer: Answer, typed: string, isWrong: boolean, left: (question: Question) => void): HTMLElement {
  const given = answers[question.id];
  const words = said(question.text);
  if (question.kind === 'text') {
    const area = make('textarea', { id: `q-${question.id}`, rows: 3, maxlength: longestNote, oninput: (event) => answer(question, shortened((event.target as HTMLTextAreaElement).value)) });
    area.value = typeof given === 'string' ? given : '';
    return make('div', { class: 'field', 'data-question': question.id }, make('label', { for: `q-${question.id}` }, words), area);
  }
  if (question.kind === 'number' && question.highest! - question.lowest! > 10) {
    const input = make('input', {
      id: `q-${question.id}`, type: 'text', inputmode: 'decimal', autocomplete: 'off', class: 'temperature', 'aria-describedby': `p-${question.id}`, 'aria-invalid': isWrong ? 'true' : null,
      oninput: (event) => answer(question, (event.target as HTMLInputElement).value), onchange: () => left(question),
    });
    input.value = typed;
    return make(
      'div', { class: 'field', 'data-question': question.id }, make('label', { for: `q-${question.id}` }, words), make('span', { class: 'with-unit' }, input, ` ${question.unit ?? ''}`),
      make('p', { class: 'what-fits small', id: `p-${question.id}`, 'data-wrong': isWrong || null }, text('temperature.fits', question.lowest!, question.highest!)),
    );
  }
  const options: [string, string][] =
    question.kind === 'number' ? Array.from({ length: question.highest! - question.lowest! + 1 }, (_, index) => [String(question.lowest! + index), String(question.lowest! + index)])
    : question.kind === 'yesNo' ? [['no', text('no')], ['yes', text('yes')]]
    : question.choices!.map((choice) => [choice.id, said(choice.text)]);
  const chosen = Array.isArray(given) ? given : [];
  const look = question.kind === 'number' ? 'scale' : lookOf(options.map(([, one]) => one.length));
  return make(
    'fieldset',
    { class: 'question', 'data-question': question.id, 'data-look': look, 'data-answered': isAnswered(answers, question) || null },
    make('legend', {}, words),
    make(
      'div',
      { class: 'options' },
      ...options.map(([id, label]) => (question.kind === 'choices' ? box(question, id, label, chosen.includes(id), answer, answers) : radio(question, id, label, String(given ?? '') === id, answer))),
    ),
  );
}

/** The questions that are still open, each a way to its place. */
export const leftOpen = (left: Question[], lead: (question: Question) => void): HTMLElement =>
  make(
    'section', { class: 'notice open-questions', 'aria-labelledby': 'open-title' },
    make('h3', { id: 'open-title', tabindex: '-1' }, text('open', left.length)),
    make('ul', {}, ...left.map((question) => make('li', {}, make('button', { type: 'button', class: 'link', onclick: () => lead(question) }, said(question.text))))),
  );

/** Says at the field of a number whether what is typed there fits; nothing moves, so that a button that is being pressed stays where it is. */
export function markNumber(question: Question, isWrong: boolean): void {
  const input = document.getElementById(`q-${question.id}`);
  if (isWrong) input?.setAttribute('aria-invalid', 'true');
  else input?.removeAttribute('aria-invalid');
  document.getElementById(`p-${question.id}`)?.toggleAttribute('data-wrong', isWrong);
}

// What a keyboard lets through beyond the longest note; no letter is cut in two.
const shortened = (note: string): string => note.slice(0, longestNote).replace(/[\uD800-\uDBFF]$/, '');

// Few columns where the words are short, so that the screen stays short, too.
function lookOf(lengths: number[]): string {
  const longest = Math.max(...lengths);
  return longest <= 10 ? (lengths.length === 3 ? 'three' : 'row') : longest <= 26 ? 'pairs' : 'list';
}

function box(question: Question, id: string, label: string, chosen: boolean, answer: Answer, answers: Answers): HTMLElement {
  const input = make('input', { type: 'checkbox', id: `q-${question.id}-${id}`, onchange: () => answer(question, toggled(answers[question.id], id)) });
  input.checked = chosen;
  return make('label', { class: 'option', 'data-chosen': chosen || null }, input, make('span', {}, label));
}

function radio(question: Question, id: string, label: string, chosen: boolean, answer: Answer): HTMLElement {
  const input = make('input', { type: 'radio', id: `q-${question.id}-${id}`, name: `q-${question.id}`, onchange: () => answer(question, question.kind === 'number' ? Number(id) : id) });
  input.checked = chosen;
  return make('label', { class: 'option', 'data-chosen': chosen || null }, input, make('span', {}, label));
}
