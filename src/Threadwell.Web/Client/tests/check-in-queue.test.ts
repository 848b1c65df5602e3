// What waits on the phone is sent whole, once for each key, in its order, and is never lost by an answer that is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendAll } from '../check-in/sending';
import { broken, memoryStore, spared, type KeptCheckIn, type KeptPhoto, type Store } from '../check-in/store';

const checkIn = (id: string, answeredAt: string, treatment = 'T'): KeptCheckIn => ({
  id, treatment, scheduledId: 'day3', answeredAt, answers: { thread: ['out'] }, phoneLevel: 'red', rulebookVersion: 1, sent: false, serverLevel: null, serverStanding: null, serverDue: null, refused: '',
});

async function filled(): Promise<Store> {
  const store = memoryStore();
  await store.add(checkIn('later', '2026-03-05T09:00:00+07:00'), [{ id: 'p', checkIn: 'later', treatment: 'T', view: 'spot', content: new ArrayBuffer(3) }]);
  await store.add(checkIn('earlier', '2026-03-05T03:00:00+09:00'), []);
  return store;
}

function server(answer: (address: string, id: string) => Response | Error): { asked: string[]; request: (address: string, init: RequestInit) => Promise<Response> } {
  const asked: string[] = [];
  return {
    asked,
    request: async (address, init) => {
      const id = typeof init.body === 'string' ? (JSON.parse(init.body) as { id: string }).id : 'photo';
      asked.push(`${address} ${id}`);
      const found = answer(address, id);
      if (found instanceof Error) throw found;
      return found;
    },
  };
}

const kept = (id: string): Response => Response.json({ id, level: 'amber', standing: 'red', due: '2026-03-06T09:00:00+07:00', deadlines: [] });

// The server's own refusal.
const refusal = (status: number, detail = ''): Response => Response.json({ detail }, { status, headers: { 'Content-Type': 'application/problem+json; charset=utf-8' } });

// A page of a network that stands in for it.
const standIn = (status: number): Response => new Response('<p>Welcome to the hotel.</p>', { status, headers: { 'Content-Type': 'text/html' } });

test('the oldest goes first, photos after their answers, and nothing goes twice', async () => {
  const store = await filled();
  const { asked, request } = server((address, id) => (address.includes('/photos/') ? new Response(null, { status: 204 }) : kept(id)));
  const sent = await sendAll(store, request);
  assert.deepEqual(asked, ['/api/treatments/T/check-ins earlier', '/api/treatments/T/check-ins later', '/api/check-ins/later/photos/p?view=spot photo']);
  assert.deepEqual(sent, { obstacle: null, checkIns: ['earlier', 'later'], photos: ['p'] });
  assert.deepEqual((await store.checkIns()).map((one) => [one.sent, one.serverLevel, one.serverStanding, one.serverDue]), Array(2).fill([true, 'amber', 'red', '2026-03-06T09:00:00+07:00']));
  await sendAll(store, request);
  assert.equal(asked.length, 3);
});

for (const [name, answer] of [
  ['no line', () => new TypeError('Failed to fetch')],
  ['a server that is being started', () => new Response(null, { status: 503 })],
  ['too many requests', () => new Response(null, { status: 429 })],
] as [string, () => Response | Error][]) {
  test(`${name} leaves everything as it is, to be tried again`, async () => {
    const store = await filled();
    assert.equal((await sendAll(store, server(answer).request)).obstacle, 'away');
    assert.ok((await store.checkIns()).every((one) => !one.sent && !one.refused));
    assert.equal((await store.photos()).length, 1);
    const { asked, request } = server((address, id) => (address.includes('/photos/') ? new Response(null, { status: 204 }) : kept(id)));
    await sendAll(store, request);
    assert.equal(asked.length, 3);
  });
}

test('a phone that is signed out or shut keeps its answers and says so', async () => {
  for (const status of [401, 403, 404]) {
    const store = await filled();
    assert.equal((await sendAll(store, server(() => refusal(status)).request)).obstacle, 'signIn');
    assert.ok((await store.checkIns()).every((one) => !one.sent && !one.refused));
  }
});

test('what the server will not take is told and does not hold up the rest', async () => {
  const store = await filled();
  let first = true;
  const { request } = server((address, id) => {
    if (address.includes('/photos/')) return new Response(null, { status: 204 });
    const refuse = first;
    first = false;
    return refuse ? refusal(422, 'Wrong.') : kept(id);
  });
  await sendAll(store, request);
  const all = await store.checkIns();
  assert.equal(all.find((one) => one.id === 'earlier')!.refused, 'Wrong.');
  assert.ok(all.find((one) => one.id === 'later')!.sent);
});

for (const status of [400, 401, 403, 404, 405, 407, 413, 422, 451]) {
  test(`a page of another network (${status}) refuses neither answers nor a photo`, async () => {
    const store = await filled();
    assert.deepEqual(await sendAll(store, server(() => standIn(status)).request), { obstacle: 'away', checkIns: [], photos: [] });
    assert.ok((await store.checkIns()).every((one) => !one.sent && !one.refused));
    assert.equal((await sendAll(store, server((address, id) => (address.includes('/photos/') ? standIn(status) : kept(id))).request)).obstacle, 'away');
    assert.deepEqual((await store.photos()).map((one) => one.refused ?? ''), ['']);
    assert.deepEqual((await sendAll(store, server(() => new Response(null, { status: 204 })).request)).photos, ['p']);
  });
}

test('a photo that the server will not take is told, lies here until it was read, and is not sent again', async () => {
  for (const store of [await filled(), spared(await filled())]) {
    const { asked, request } = server((address, id) => (address.includes('/photos/') ? refusal(422, 'No picture.') : kept(id)));
    assert.deepEqual(await sendAll(store, request), { obstacle: null, checkIns: ['earlier', 'later'], photos: [] });
    assert.deepEqual((await store.photos()).map((one) => [one.id, one.refused]), [['p', 'No picture.']]);
    await sendAll(store, request);
    assert.equal(asked.length, 3);
  }
});

test('a photo does not go before its answers have arrived', async () => {
  const store = await filled();
  const { asked, request } = server((address) => (address.includes('/photos/') ? new Response(null, { status: 204 }) : new Response(null, { status: 500 })));
  await sendAll(store, request);
  assert.ok(asked.every((one) => !one.includes('photo')));
});

test('what may not be sent holds up neither the answers nor the photos of another treatment', async () => {
  const store = memoryStore();
  const photo = (id: string, of: string, treatment: string): KeptPhoto => ({ id, checkIn: of, treatment, view: 'spot', content: new ArrayBuffer(3) });
  await store.add(checkIn('shut', '2026-03-01T09:00:00+07:00', 'S'), []);
  await store.add({ ...checkIn('gone', '2026-03-01T08:00:00+07:00', 'S'), sent: true }, [photo('a', 'gone', 'S')]);
  await store.add(checkIn('red', '2026-03-05T09:00:00+07:00'), [photo('b', 'red', 'T')]);
  const { request } = server((address, id) =>
    address.includes('/treatments/S/') || address.includes('/check-ins/gone/') ? refusal(404)
    : address.includes('/photos/') ? new Response(null, { status: 204 })
    : kept(id));
  assert.deepEqual(await sendAll(store, request), { obstacle: 'signIn', checkIns: ['red'], photos: ['b'] });
  assert.deepEqual((await store.checkIns()).map((one) => [one.id, one.sent, one.refused]), [['shut', false, ''], ['gone', true, ''], ['red', true, '']]);
  assert.deepEqual((await store.photos()).map((one) => one.id), ['a']);
});

test('an answer that does not name what was sent is not the server: nothing is taken for sent', async () => {
  for (const answer of [() => new Response('<p>Welcome to the airport.</p>', { headers: { 'Content-Type': 'text/html' } }), () => Response.json({ level: 'green' }), () => kept('another')]) {
    const store = await filled();
    assert.deepEqual(await sendAll(store, server(answer).request), { obstacle: 'away', checkIns: [], photos: [] });
    assert.ok((await store.checkIns()).every((one) => !one.sent && !one.refused));
    const { request } = server((address, id) => (address.includes('/photos/') ? new Response('<p>Welcome.</p>') : kept(id)));
    assert.equal((await sendAll(store, request)).obstacle, 'away');
    assert.equal((await store.photos()).length, 1);
  }
});

test('where the phone keeps nothing more the page does, and sends it', async () => {
  const store = spared(broken);
  await store.add(checkIn('later', '2026-03-05T09:00:00+07:00'), [{ id: 'p', checkIn: 'later', treatment: 'T', view: 'spot', content: new ArrayBuffer(3) }]);
  assert.ok(await store.holds());
  const { request } = server((address, id) => (address.includes('/photos/') ? new Response(null, { status: 204 }) : kept(id)));
  assert.deepEqual(await sendAll(store, request), { obstacle: null, checkIns: ['later'], photos: ['p'] });
  assert.ok(!(await store.holds()));
});

test('a phone that can no longer be read forgets nothing that this page has read or written', async () => {
  const phone = memoryStore();
  await phone.add(checkIn('before', '2026-03-05T08:00:00+07:00'), []);
  let fails = false;
  const read = <T>(reading: () => Promise<T>) => (): Promise<T> => (fails ? Promise.reject(new Error('InvalidStateError')) : reading());
  const store = spared({ ...phone, checkIns: read(phone.checkIns), photos: read(phone.photos) });
  await store.checkIns();
  await store.add(checkIn('now', '2026-03-05T09:00:00+07:00'), [{ id: 'p', checkIn: 'now', treatment: 'T', view: 'spot', content: new ArrayBuffer(3) }]);
  fails = true;
  assert.deepEqual((await store.checkIns()).map((one) => [one.id, one.phoneLevel]), [['before', 'red'], ['now', 'red']]);
  assert.deepEqual((await store.photos()).map((one) => one.id), ['p']);
  assert.deepEqual((await sendAll(store, server((address, id) => (address.includes('/photos/') ? new Response(null, { status: 204 }) : kept(id))).request)).checkIns, ['before', 'now']);
  await store.removeCheckIn('before');
  assert.deepEqual([(await store.checkIns()).map((one) => one.id), (await store.photos()).length], [['now'], 0]);
  fails = false;
  assert.deepEqual((await store.checkIns()).map((one) => [one.id, one.sent]), [['now', true]]);
});

test('a phone that could not be read even once may keep a graver level: that is not taken for nothing', async () => {
  const phone = memoryStore();
  let fails = true;
  const store = spared({ ...phone, checkIns: () => (fails ? Promise.reject(new Error('UnknownError')) : phone.checkIns()) });
  assert.deepEqual([await store.checkIns(), store.isUnread()], [[], true]);
  fails = false;
  assert.deepEqual([await store.checkIns(), store.isUnread()], [[], false]);
  fails = true;
  await store.checkIns();
  assert.ok(!store.isUnread());

  // On the clinic's own computers nothing lies.
  const none = spared(null);
  assert.deepEqual([await none.checkIns(), none.isUnread()], [[], false]);
});

test('where photos find no room the answers are kept on the phone all the same', async () => {
  const phone = memoryStore();
  const store = spared({ ...phone, add: (one, photos) => (photos.length > 0 ? Promise.reject(new Error('QuotaExceededError')) : phone.add(one, photos)) });
  await store.add(checkIn('later', '2026-03-05T09:00:00+07:00'), [{ id: 'p', checkIn: 'later', treatment: 'T', view: 'spot', content: new ArrayBuffer(3) }]);
  assert.deepEqual((await phone.checkIns()).map((one) => one.id), ['later']);
  assert.deepEqual([(await store.checkIns()).length, (await store.photos()).length, await store.holds()], [1, 1, true]);
});
