// The board draws itself again while it is looked at: the server's own page is fetched, and its cards take the place of the old ones. A card that has the focus keeps it.
const beat = 15_000;
let known = new Set([...document.querySelectorAll<HTMLElement>('#board [data-task]')].map((card) => card.dataset.task));

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('board');
  const board = document.getElementById('board');
  if (!next || !board) return;
  const focused = document.activeElement instanceof HTMLAnchorElement && board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  board.replaceWith(document.adoptNode(next));
  if (focused) document.querySelector<HTMLAnchorElement>(`#board a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  tell([...next.querySelectorAll<HTMLElement>('[data-task]')].filter((card) => !known.has(card.dataset.task)).length);
  known = new Set([...next.querySelectorAll<HTMLElement>('[data-task]')].map((card) => card.dataset.task));
}

function tell(added: number): void {
  const news = document.getElementById('board-news');
  if (news && added > 0) news.textContent = added === 1 ? news.dataset.one! : news.dataset.many!.replace('{0}', String(added));
}

setInterval(() => void refresh().catch(() => undefined), beat);
document.addEventListener('visibilitychange', () => void refresh().catch(() => undefined));
