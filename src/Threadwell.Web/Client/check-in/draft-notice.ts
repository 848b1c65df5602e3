// Says that the page goes on where it was left.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import { moment } from './words';

/** The notice. Answers that came to red or an emergency are not thrown away by one press: each can be taken back where it stands. */
export function draftNotice(changedAt: string, zone: string, isUrgent: boolean, goOn: () => void, anew: () => void): HTMLElement {
  return make(
    'section',
    { class: 'notice draft', 'aria-label': text('draft') },
    make('p', {}, draftWords(changedAt, zone, isUrgent)),
    make(
      'p',
      { class: 'after' },
      make('button', { type: 'button', id: 'draft-go-on', class: 'primary', onclick: goOn }, text('draft.go-on')),
      !isUrgent && make('button', { type: 'button', id: 'draft-anew', onclick: anew }, text('draft.anew')),
    ),
  );
}

/** Its words. */
export const draftWords = (changedAt: string, zone: string, isUrgent: boolean): string => text(isUrgent ? 'draft.kept.urgent' : 'draft.kept', moment(Date.parse(changedAt), Date.now(), zone));
