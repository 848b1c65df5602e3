// What the server answers when the board is asked for again.

/** The page; null where there is none: the line is down or silent, the session has ended (which leads elsewhere), or the server fails. */
export async function pageOf(request: () => Promise<Pick<Response, 'ok' | 'redirected' | 'text'>>): Promise<string | null> {
  try {
    const answer = await request();
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** The words that say since when a board is not up to date: {0} is the hour at which it was drawn, by the clinic's clock as the board keeps it (RFC 3339), with the day where that is not today there. */
export function since(words: string, drawnAt: string, now = Date.now()): string {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(drawnAt) ?? ['', '+', '0', '0'];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  const today = new Date(now + offset).toISOString().slice(0, 10);
  const [year, month, day] = drawnAt.slice(0, 10).split('-');
  return words.replace('{0}', drawnAt.startsWith(today) ? drawnAt.slice(11, 16) : `${drawnAt.slice(11, 16)} ${day}/${month}/${year}`);
}
