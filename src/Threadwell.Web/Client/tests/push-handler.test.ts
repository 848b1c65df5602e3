import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, handlePushes, type PushScope } from '../shared/push-handler';

const WORDS = { checkIn: { title: 'Một câu hỏi', body: 'Phòng khám có một câu hỏi cho bạn.' } };

// A worker's scope that remembers what it was asked to show and open.
function scope(words: unknown): { scope: PushScope; push: (data: unknown) => Promise<void>; click: (key: unknown) => Promise<void>; shown: [string, NotificationOptions][]; opened: string[] } {
  const listeners: Record<string, (event: never) => void> = {};
  const shown: [string, NotificationOptions][] = [];
  const opened: string[] = [];
  const fire = async (name: string, event: object): Promise<void> => {
    let work: Promise<unknown> = Promise.resolve();
    listeners[name]({ ...event, waitUntil: (promise: Promise<unknown>) => { work = promise; } } as never);
    await work;
  };
  const fake = {
    addEventListener: (name: string, listener: (event: never) => void) => { listeners[name] = listener; },
    registration: { showNotification: (title: string, options: NotificationOptions) => { shown.push([title, options]); return Promise.resolve(); } },
    caches: { open: () => Promise.resolve({ match: () => Promise.resolve(words === null ? undefined : { json: () => Promise.resolve(words) }) }) },
    clients: { openWindow: (address: string) => { opened.push(address); return Promise.resolve(null); } },
  } as unknown as PushScope;
  handlePushes(fake);
  return {
    scope: fake,
    shown,
    opened,
    push: (data) => fire('push', { data: data === null ? null : { json: () => { if (data === 'broken') throw new SyntaxError('no JSON'); return data; } } }),
    click: (key) => fire('notificationclick', { notification: { close: () => undefined, data: key } }),
  };
}

const KEY = '0195f1f2-0000-7000-8000-000000000001';

test('a push shows the words of its kind in the language of the page that agreed, and one message shows once', async () => {
  const worker = scope(WORDS);
  await worker.push({ kind: 'checkIn', key: KEY });
  assert.equal(worker.shown.length, 1);
  assert.equal(worker.shown[0][0], 'Một câu hỏi');
  assert.equal(worker.shown[0][1].body, 'Phòng khám có một câu hỏi cho bạn.');
  assert.equal(worker.shown[0][1].tag, KEY);
});

test('whatever arrives, something neutral is shown', async () => {
  for (const [words, data] of [[null, { kind: 'checkIn', key: KEY }], [WORDS, { kind: 'other', key: KEY }], [WORDS, 'broken'], [WORDS, null], [WORDS, { kind: 5, key: {} }]] as const) {
    const worker = scope(words);
    await worker.push(data);
    assert.deepEqual([worker.shown[0][0], worker.shown[0][1].body], ['Threadwell', '']);
  }
});

test('a notification opens the page of its message, and a key that is none opens the start page', async () => {
  const worker = scope(WORDS);
  await worker.click(KEY);
  await worker.click('https://evil.example/');
  await worker.click('../../api');
  assert.deepEqual(worker.opened, [`/go/${KEY}`, '/', '/']);
  assert.equal(addressOf(undefined), '/');
});
