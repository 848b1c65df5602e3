// The board draws itself again while it is looked at: the server's own page is fetched, and its cards take the place of the old ones. A card that has the focus keeps it.
// A board that cannot be drawn again says since when it is not up to date: it must not look like one on which nothing has happened.
import { pageOf, since } from '../shared/board-answer';

const beat = 15_000;
let known = new Set([...document.querySelectorAll<HTMLElement>('#board [data-task]')].map((card) => card.dataset.task));

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const page = await pageOf(() => fetch(location.href, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(beat) }));
  const next = page === null ? null : new DOMParser().parseFromString(page, 'text/html').getElementById('board');
  const board = document.getElementById('board');
  if (!board) return;
  isCurrent(next !== null, board.dataset.at!);
  if (!next) return;
  const focused = document.activeElement instanceof HTMLAnchorElement && board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  board.replaceWith(document.adoptNode(next));
  if (focused) document.querySelector<HTMLAnchorElement>(`#board a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  tell([...next.querySelectorAll<HTMLElement>('[data-task]')].filter((card) => !known.has(card.dataset.task)).length);
  known = new Set([...next.querySelectorAll<HTMLElement>('[data-task]')].map((card) => card.dataset.task));
}

function isCurrent(current: boolean, drawnAt: string): void {
  const line = document.getElementById('board-stale');
  const said = current ? '' : since(line?.dataset.since ?? '', drawnAt);
  if (line && line.textContent !== said) line.textContent = said;
}

function tell(added: number): void {
  const news = document.getElementById('board-news');
  if (news && added > 0) news.textContent = added === 1 ? news.dataset.one! : news.dataset.many!.replace('{0}', String(added));
}

setInterval(() => void refresh(), beat);
document.addEventListener('visibilitychange', () => void refresh());
