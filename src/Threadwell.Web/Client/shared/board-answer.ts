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

/** The words that say since when a board is not up to date: {0} is the hour at which it was drawn, by the clinic's clock as the board keeps it (RFC 3339). */
export function since(words: string, drawnAt: string): string {
  return words.replace('{0}', drawnAt.slice(11, 16));
}
