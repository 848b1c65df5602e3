// Draws what answers come to: the level with picture, word and colour, what to do now, and why in the patient's own words.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import type { Level, Question, TriageFile, Wording } from '../triage/file';
import type { PageFacts } from './facts';
import { icon } from './icons';
import type { Outcome } from './state';
import { callLink, dialled, filled, said, time } from './words';

// Levels whose sentence says what the clinic does by when.
const promises: Level[] = ['amber', 'red'];

/** The number that is pressed first at a level; null where nobody has to be called. */
export function callButton(level: Level, facts: PageFacts): HTMLElement | null {
  const { phone, emergency } = facts.course.contact;
  if (level === 'emergency' || (level === 'red' && !dialled(phone))) return callLink(emergency, text('call.emergency', emergency), 'button primary call');
  return level === 'red' ? callLink(phone, text('call.clinic', phone), 'button primary call') : null;
}

/** The card of a level. Until the answers have arrived nobody can say by when they are answered; of what the clinic will not hear, nothing that it does is promised. */
export function levelCard(file: TriageFile, facts: PageFacts, found: Outcome, due: string | null, isUnheard: boolean): HTMLElement {
  const rule = file.levels.find((one) => one.id === found.shown)!;
  const by = due === null ? text('due.arrives') : time(Date.parse(due), Date.now(), facts.zone);
  const does = found.shown === found.result.level ? found.result.does : [rule.does, ...found.result.does.slice(1)];
  return make(
    'section',
    { class: 'level', 'data-level': found.shown, 'data-these': found.result.level, 'aria-labelledby': 'level-title' },
    make('div', { class: 'level-head' }, icon(found.shown, 56), make('h2', { id: 'level-title', tabindex: '-1' }, said(rule.title))),
    ...does.map((wording: Wording) => (isUnheard && wording === rule.does && promises.includes(found.shown) ? make('p', { class: 'unheard' }, unheard(found.shown, facts)) : make('p', {}, ...filled(wording, facts, found.result.day, by)))),
    callButton(isUnheard && found.shown === 'amber' && dialled(facts.course.contact.phone) ? 'red' : found.shown, facts),
    found.stands && make('p', { class: 'stands' }, text('stands')),
  );
}

// In the place of what the clinic does: it does not know of it.
function unheard(level: Level, facts: PageFacts): string {
  const { hospital, emergency } = facts.course.contact;
  return level === 'red' ? `${text('unheard')} ${text('unheard.red', hospital || text('nearest-hospital'), emergency)}` : text('unheard');
}

/** Where the questions cannot be had, what is left is to call. */
export function withoutQuestions(facts: PageFacts, again: () => void): HTMLElement {
  const { phone, emergency } = facts.course.contact;
  return make(
    'section',
    { class: 'card', 'aria-label': text('unloaded') },
    make('p', { class: 'problem', role: 'alert' }, text('unloaded')),
    make(
      'p',
      { class: 'after' },
      dialled(phone) ? callLink(phone, text('call.clinic', phone), 'button primary call') : null,
      callLink(emergency, text('call.emergency', emergency), 'button'),
      make('button', { type: 'button', id: 'load-again', onclick: again }, text('unloaded.again')),
    ),
  );
}

/** Why: what was told, a line each. */
export function reasons(found: Outcome): HTMLElement | null {
  return found.result.reasons.length === 0
    ? null
    : make('section', { class: 'card', 'aria-labelledby': 'why' }, make('h3', { id: 'why' }, text('why')), make('ul', {}, ...found.result.reasons.map((rule) => make('li', {}, said(rule.says)))));
}

/** Questions that were left open and are asked once more; nothing where none was. */
export function askedAgain(questions: Question[], answer: () => void): HTMLElement | null {
  return questions.length === 0
    ? null
    : make(
        'section', { class: 'card', 'aria-labelledby': 'again-title' },
        make('h3', { id: 'again-title' }, text('again', questions.length)), make('ul', {}, ...questions.map((question) => make('li', {}, said(question.text)))),
        make('p', {}, make('button', { type: 'button', id: 'again', onclick: answer }, text('again.go'))),
      );
}

/** Where to go from a result. */
export const afterwards = (facts: PageFacts, report: () => void): HTMLElement =>
  make(
    'p', { class: 'after' },
    make('a', { class: 'button', href: facts.today }, text('to-today')),
    facts.past && make('a', { class: 'button', href: facts.past }, text('to-past')),
    make('button', { type: 'button', id: 'report', onclick: report }, text('report')),
  );
