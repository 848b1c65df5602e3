import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf, since } from '../shared/board-answer';

const answer = (ok: boolean, redirected: boolean) => () => Promise.resolve({ ok, redirected, text: () => Promise.resolve('<main>') });

test('a board is drawn again from a page alone', async () => {
  assert.equal(await pageOf(answer(true, false)), '<main>');
});

test('a server that fails, a session that ended and a line that is down leave the board as it was', async () => {
  assert.equal(await pageOf(answer(false, false)), null);
  assert.equal(await pageOf(answer(true, true)), null);
  assert.equal(await pageOf(() => Promise.reject(new TypeError('no line'))), null);
  assert.equal(await pageOf(() => Promise.resolve({ ok: true, redirected: false, text: () => Promise.reject(new DOMException('silent', 'TimeoutError')) })), null);
});

test('the line names the hour of the clinic at which the board was drawn, and the day where it is another', () => {
  const at = (drawnAt: string, now: string): string => since('Not up to date since {0}', drawnAt, Date.parse(now));
  assert.equal(at('2026-11-27T14:59:03.120+07:00', '2026-11-27T15:10:00+07:00'), 'Not up to date since 14:59');
  assert.equal(at('2026-11-27T14:59:03.120+07:00', '2026-11-28T06:00:00+07:00'), 'Not up to date since 14:59 27/11/2026');

  // The clinic's day, wherever the clock of this desk stands.
  assert.equal(at('2026-11-27T23:30:00+07:00', '2026-11-27T17:30:00Z'), 'Not up to date since 23:30 27/11/2026');
  assert.equal(at('2026-11-28T00:30:00+07:00', '2026-11-27T17:40:00Z'), 'Not up to date since 00:30');
  assert.equal(at('2026-11-27T22:00:00-05:00', '2026-11-28T03:30:00Z'), 'Not up to date since 22:00');
});
