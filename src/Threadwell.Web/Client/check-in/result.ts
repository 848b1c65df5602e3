// Draws what answers come to: the level with picture, word and colour, what to do now, and why in the patient's own words.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import type { Level, TriageFile, Wording } from '../triage/file';
import type { PageFacts } from './facts';
import { icon } from './icons';
import type { Outcome } from './state';
import { callLink, dialled, filled, said, time } from './words';

/** The number that is pressed first at a level; null where nobody has to be called. */
export function callButton(level: Level, facts: PageFacts): HTMLElement | null {
  const { phone, emergency } = facts.course.contact;
  if (level === 'emergency' || (level === 'red' && !dialled(phone))) return callLink(emergency, text('call.emergency', emergency), 'button primary call');
  return level === 'red' ? callLink(phone, text('call.clinic', phone), 'button primary call') : null;
}

/** The card of a level. Until the answers have arrived nobody can say by when they are answered. */
export function levelCard(file: TriageFile, facts: PageFacts, found: Outcome, due: string | null): HTMLElement {
  const rule = file.levels.find((one) => one.id === found.shown)!;
  const by = due === null ? text('due.arrives') : time(Date.parse(due), Date.now(), facts.zone);
  const does = found.shown === found.result.level ? found.result.does : [rule.does, ...found.result.does.slice(1)];
  return make(
    'section',
    { class: 'level', 'data-level': found.shown, 'data-these': found.result.level, 'aria-labelledby': 'level-title' },
    make('div', { class: 'level-head' }, icon(found.shown, 56), make('h2', { id: 'level-title', tabindex: '-1' }, said(rule.title))),
    ...does.map((wording: Wording) => make('p', {}, ...filled(wording, facts, found.result.day, by))),
    callButton(found.shown, facts),
    found.stands && make('p', { class: 'stands' }, text('stands')),
  );
}

/** Why: what was told, a line each. */
export function reasons(found: Outcome): HTMLElement | null {
  return found.result.reasons.length === 0
    ? null
    : make('section', { class: 'card', 'aria-labelledby': 'why' }, make('h3', { id: 'why' }, text('why')), make('ul', {}, ...found.result.reasons.map((rule) => make('li', {}, said(rule.says)))));
}
