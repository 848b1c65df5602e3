// What cannot wait, said above everything else before the rest is asked.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import type { TriageFile } from '../triage/file';
import type { PageFacts } from './facts';
import { icon } from './icons';
import { callButton } from './result';
import { cannotWait, type Outcome } from './state';
import { said } from './words';

/** Draws it, unless it stands there already: it is an alert, which a reader of screens says again with each drawing. Null, or a level that can wait, takes it away. */
export function drawUrgent(host: HTMLElement, file: TriageFile, facts: PageFacts, found: Outcome | null, sendNow: () => void): void {
  const level = found?.result.level ?? null;
  if (found === null || !cannotWait(level)) {
    host.replaceChildren();
    host.hidden = true;
    return;
  }
  const key = `${level} ${found.result.reasons.map((rule) => rule.id).join()}`;
  if (host.dataset.said === key && !host.hidden) return;
  host.dataset.said = key;
  host.dataset.level = level!;
  host.hidden = false;
  const rule = file.levels.find((one) => one.id === level)!;
  host.replaceChildren(
    make('p', { class: 'urgent-head' }, icon(level!, 32), make('strong', {}, said(rule.title))),
    make('p', { class: 'urgent-why' }, found.result.reasons.filter((reason) => reason.level === level).map((reason) => said(reason.says)).join(' ')),
    make('p', { class: 'urgent-act' }, callButton(level!, facts), make('button', { type: 'button', id: 'send-now', onclick: sendNow }, text('send.now'))),
  );
}
