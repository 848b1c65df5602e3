// The line that says what becomes of answers: sent, waiting, or refused.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import { icon } from './icons';
import type { Status } from './state';
import type { KeptCheckIn, KeptPhoto } from './store';

/** Draws it, unless it stands there already: a reader of screens says it again with each drawing. */
export function drawStatus(host: HTMLElement, status: Status, send: () => void, told: (refused: KeptCheckIn[]) => void, read: (refused: KeptPhoto[]) => void): void {
  const { state, refused, refusedPhotos, isUnread } = status;
  const what = words(status);
  const said = JSON.stringify([state, what, isUnread, [...refused, ...refusedPhotos].map((one) => [one.id, one.refused])]);

  // What did not go right comes before that the rest is there.
  const rest = refusedPhotos.length > 0 ? 'photoRefused' : isUnread ? 'unread' : state;
  host.dataset.state = refused.length > 0 ? 'refused' : state === 'sent' ? rest : state || rest;
  host.hidden = host.dataset.state === '';
  if (host.dataset.said === said) return;
  host.dataset.said = said;
  const line = (sign: string, ...children: (Node | false)[]): HTMLElement => make('p', {}, icon(sign, 24), ...children);
  host.replaceChildren(
    ...(refused.length > 0
      ? [line('waits', make('span', {}, text('status.refused', refused.map((one) => one.refused).join(' '))), make('button', { type: 'button', id: 'clinic-told', onclick: () => told(refused) }, text('status.refused.told')))]
      : []),
    ...(refusedPhotos.length > 0
      ? [line('waits', make('span', {}, text('status.photos.refused', refusedPhotos.length, [...new Set(refusedPhotos.map((one) => one.refused))].join(' '))), make('button', { type: 'button', id: 'photos-read', onclick: () => read(refusedPhotos) }, text('status.photos.refused.read')))]
      : []),
    ...(isUnread ? [line('waits', make('span', {}, text('status.unread')))] : []),
    ...(state
      ? [line(state === 'sent' ? 'sent' : 'waits', make('span', {}, what),
          state === 'signIn' && make('a', { class: 'button', href: `/sign-in?back=${encodeURIComponent(location.pathname)}` }, text('status.signIn.go')),
          state === 'waits' && make('button', { type: 'button', id: 'try', onclick: send }, text('status.try')))]
      : []),
  );
}

function words({ state, waiting, photos, mustStay }: Status): string {
  const said =
    state === 'sent' ? text('status.sent')
    : state === 'sending' ? text('status.sending')
    : state === 'signIn' ? text('status.signIn')
    : state === 'waits' ? text('status.waits', waiting, photos)
    : '';
  return mustStay ? `${said} ${text('status.stay')}` : said;
}
