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

test('the line names the hour of the clinic at which the board was drawn', () => {
  assert.equal(since('Not up to date since {0}', '2026-11-27T14:59:03.120+07:00'), 'Not up to date since 14:59');
});
