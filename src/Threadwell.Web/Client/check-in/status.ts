// The line that says what becomes of answers: sent, waiting, or refused.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import { icon } from './icons';
import type { Status } from './state';
import type { KeptCheckIn } from './store';

/** Draws it, unless it stands there already: a reader of screens says it again with each drawing. */
export function drawStatus(host: HTMLElement, status: Status, send: () => void, told: (refused: KeptCheckIn[]) => void): void {
  const { state, refused } = status;
  const what = words(status);
  const said = JSON.stringify([state, what, refused.map((one) => [one.id, one.refused])]);
  host.dataset.state = refused.length > 0 ? 'refused' : state;
  host.hidden = refused.length === 0 && state === '';
  if (host.dataset.said === said) return;
  host.dataset.said = said;
  const line = (sign: string, ...children: (Node | false)[]): HTMLElement => make('p', {}, icon(sign, 24), ...children);
  host.replaceChildren(
    ...(refused.length > 0
      ? [line('waits', make('span', {}, text('status.refused', refused.map((one) => one.refused).join(' '))), make('button', { type: 'button', id: 'clinic-told', onclick: () => told(refused) }, text('status.refused.told')))]
      : []),
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
