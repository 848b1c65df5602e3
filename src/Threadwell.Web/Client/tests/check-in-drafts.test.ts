// What is half answered is gone on with by the same person about the same check-in, for a day, and hides nothing that it came to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, Drafting, forgetDrafts, isFresh, sweep, type DraftPhoto, type DraftStore, type KeptDraft, type Unfinished } from '../check-in/drafts';
import { cannotWait, gravest } from '../check-in/state';
import type { PastCheckIn } from '../check-in/facts';
import type { Answers } from '../triage/file';
import { file, page, well } from './check-ins';

// Day 3, a check-in of the schedule.
const now = '2026-03-05T09:00:00+07:00';

const unfinished = (answers: Answers, more: Partial<Unfinished> = {}): Unfinished => ({ answers, typed: {}, opened: [], step: 'safety', views: [], ...more });

const draft = (answers: Answers, more: Partial<KeptDraft> = {}): KeptDraft => ({
  ...unfinished(answers), id: 'd', treatment: 't', teller: 'patient', scheduledId: 'day3', begunAt: '2026-03-05T08:30:00+07:00', changedAt: '2026-03-05T08:31:00+07:00', ...more,
});

const past = (id: string, scheduledId: string, answeredAt: string, answers: Answers): PastCheckIn => ({ id, scheduledId, answeredAt, arrivedAt: answeredAt, answers, shown: 'green' });

function memory(...drafts: KeptDraft[]): { store: DraftStore; puts: () => number } {
  const kept = new Map(drafts.map((one) => [one.id, one]));
  const photos = new Map<string, DraftPhoto>();
  let puts = 0;
  return {
    puts: () => puts,
    store: {
      drafts: async () => [...kept.values()],
      photos: async () => [...photos.values()],
      put: async (one) => {
        puts++;
        kept.set(one.id, structuredClone(one));
      },
      putPhoto: async (photo) => void photos.set(photo.id, photo),
      removePhoto: async (id) => void photos.delete(id),
      remove: async (ids) => {
        for (const id of ids) kept.delete(id);
        for (const photo of [...photos.values()]) if (ids.includes(photo.draft)) photos.delete(photo.id);
      },
    },
  };
}

const found = (drafts: KeptDraft[], facts = page(), at = now): string | null => chosen(drafts, file, facts, [], at)?.id ?? null;

test('the draft of the check-in that is due is gone on with, and a report of her own once that was answered', () => {
  assert.equal(found([draft({ eyes: ['none'] })]), 'd');
  assert.equal(found([draft({ eyes: ['none'] }, { scheduledId: 'day2' })]), null);
  assert.equal(found([draft({ eyes: ['none'] }, { scheduledId: '' })]), null);
  const answered = page([past('a', 'day3', '2026-03-05T08:00:00+07:00', well)]);
  assert.equal(found([draft({ eyes: ['none'] })], answered), null);
  assert.equal(found([draft({ eyes: ['none'] }, { scheduledId: '' })], answered), 'd');
});

test('nobody but the person who gave them is shown half answers, and of no other treatment', () => {
  assert.equal(found([draft({ thread: ['out'] }, { teller: 'sister' })]), null);
  assert.equal(found([draft({ thread: ['out'] })], page([], null, 'sister')), null);
  assert.equal(found([draft({ thread: ['out'] }, { teller: 'sister' })], page([], null, 'sister')), 'd');
  assert.equal(found([draft({ thread: ['out'] }, { treatment: 'another' })]), null);
});

test('a day after the first answer it is not offered any more, and is taken away', async () => {
  assert.ok(isFresh(draft({}, { begunAt: '2026-03-04T09:00:01+07:00' }), now));
  for (const begunAt of ['2026-03-04T09:00:00+07:00', '2026-03-04T04:00:00+02:00', '2026-04-05T09:00:00+07:00', 'never']) {
    assert.equal(found([draft({ thread: ['out'] }, { begunAt, changedAt: begunAt })]), null, begunAt);
    const { store } = memory(draft({}, { begunAt }), draft({}, { id: 'fresh' }));
    await sweep(store, now);
    assert.deepEqual((await store.drafts()).map((one) => one.id), ['fresh'], begunAt);
  }
});

test('a draft that came to red is shown again though its day has ended, and before a newer one that did not', () => {
  const red = draft({ thread: ['out'] }, { id: 'red', scheduledId: 'day2', begunAt: '2026-03-04T22:00:00+07:00', changedAt: '2026-03-04T22:01:00+07:00' });
  assert.equal(found([red]), 'red');
  assert.equal(found([draft({ eyes: ['none'] }), red]), 'red');
  assert.equal(found([red], page([past('a', 'day3', '2026-03-05T08:00:00+07:00', well)])), 'red');
});

test('what answers came to when they were left does not go because hours have gone by', () => {
  // The numbing injection was less than a day ago when she told of it; a day later it is not asked about any more.
  const left = '2026-03-02T20:00:00+07:00';
  const later = '2026-03-03T19:00:00+07:00';
  const answers: Answers = { numbing: ['twitching'] };
  assert.equal(gravest(file, page(), [], answers, later, []).result.level, 'amber');
  assert.equal(gravest(file, page(), [], answers, later, [left]).result.level, 'emergency');
  assert.equal(found([draft(answers, { scheduledId: '', begunAt: left, changedAt: left })], page(), later), 'd');

  // Time makes it graver as well: that counts, too.
  const redness: Answers = { ...well, redness: 'mild', rednessTrend: 'worse' };
  const early = gravest(file, page(), [], redness, '2026-03-03T10:00:00+07:00', []).result.level;
  const late = gravest(file, page(), [], redness, '2026-03-05T10:00:00+07:00', ['2026-03-03T10:00:00+07:00']).result.level;
  assert.deepEqual([cannotWait(early), late], [false, 'red']);
});

test('an emergency that was told stands however often its page is opened again, and in a page that lies open', async () => {
  // As above, with an answer more on each page: what was told first is not asked about by then.
  const left = '2026-03-02T20:00:00+07:00';
  const second = '2026-03-03T10:00:00+07:00';
  const later = '2026-03-03T19:00:00+07:00';
  const answers: Answers = { numbing: ['twitching'] };
  const level = (drafting: Drafting, told: Answers, at: string): string | null => gravest(file, page(), [], told, at, drafting.times).result.level;
  const { store } = memory();
  const open = async (at: string): Promise<Drafting> => {
    const drafting = new Drafting(store, 't', 'patient');
    await drafting.resume((drafts) => chosen(drafts, file, page(), [], at), at);
    return drafting;
  };
  const note = async (drafting: Drafting, told: Answers, at: string): Promise<void> => {
    drafting.note(unfinished(told), '', at);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const first = await open(left);
  await note(first, answers, left);
  for (const sign of ['eyes', 'face', 'fluid']) {
    const again = await open(second);
    await note(again, { ...answers, [sign]: ['none'] }, second);
    assert.equal(level(again, answers, second), 'emergency', sign);
  }
  assert.equal((await store.drafts()).length, 1);
  assert.equal(level(await open(later), answers, later), 'emergency');

  // The first page was never closed.
  assert.equal(level(first, answers, second), 'emergency');
  await note(first, { ...answers, eyes: ['none'] }, second);
  await note(first, { ...answers, eyes: ['none'], face: ['none'] }, second);
  assert.equal(level(first, answers, later), 'emergency');

  // Taken back in its place it does.
  assert.equal(level(first, { eyes: ['none'] }, later), 'amber');
});

test('of two drafts that cannot wait the graver one is shown, though the other is newer', () => {
  const emergency = draft({ eyes: ['visionLoss'] }, { id: 'emergency', scheduledId: 'day2', changedAt: '2026-03-04T22:00:00+07:00', begunAt: '2026-03-04T22:00:00+07:00' });
  const red = draft({ thread: ['out'] }, { id: 'red' });
  assert.equal(found([red, emergency]), 'emergency');
});

test('what arrived from another phone since then makes no half answers graver', () => {
  const other = past('b', 'day2', '2026-03-04T12:00:00+07:00', { ...well, thread: ['out'] });
  const half = gravest(file, page([other]), [], { eyes: ['none'] }, now, ['2026-03-04T08:00:00+07:00']);
  assert.ok(!half.result.reasons.some((rule) => rule.id === 'threadOut' || rule.level === 'red'));
});

test('an answer that the rules do not know any more is none', () => {
  const kept = chosen([draft({ thread: ['flown'], gone: ['out'], eyes: ['none'] })], file, page(), [], now);
  assert.deepEqual(kept!.answers, { eyes: ['none'] });
});

test('each answer is kept, with what is open and half typed, and photos; sent, nothing is left', async () => {
  const { store, puts } = memory(draft({ eyes: ['none'] }, { id: 'of her sister', teller: 'sister' }));
  const drafting = new Drafting(store, 't', 'patient');
  drafting.note(unfinished({}), 'day3', now);
  assert.ok(!drafting.isKept);
  drafting.note(unfinished({}, { opened: ['lump'] }), 'day3', now);
  drafting.note(unfinished({ lump: ['beating'] }, { opened: ['lump'], typed: { temperature: '38,' }, step: 'more' }), 'day3', '2026-03-05T09:01:00+07:00');
  drafting.photo('spot', new ArrayBuffer(3), now);
  drafting.photo('whole', new ArrayBuffer(3), now);
  drafting.photo('whole', null, now);
  drafting.note(unfinished({ lump: ['beating'] }, { typed: { temperature: '38,' }, step: 'more', views: ['spot', 'lost'] }), 'day3', '2026-03-05T09:02:00+07:00');
  const page2 = new Drafting(store, 't', 'patient');
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(puts() < 3, 'what was noted while one write ran goes in one');
  const again = await page2.resume((drafts) => chosen(drafts, file, page(), [], now), now);
  assert.deepEqual(again!.draft, { ...unfinished({ lump: ['beating'] }, { typed: { temperature: '38,' }, step: 'more', views: ['spot', 'lost'] }), id: again!.draft.id, treatment: 't', teller: 'patient', scheduledId: 'day3', begunAt: now, changedAt: '2026-03-05T09:02:00+07:00', leftAt: [] });
  assert.deepEqual(again!.photos.map((photo) => photo.view), ['spot']);

  // It goes on as the same draft, begun when it was.
  page2.note(unfinished({ lump: ['beating'], eyes: ['none'] }), 'day3', '2026-03-05T09:30:00+07:00');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual((await store.drafts()).map((one) => [one.id, one.begunAt]), [['of her sister', '2026-03-05T08:30:00+07:00'], [again!.draft.id, now]]);
  await page2.clear();
  assert.deepEqual([(await store.drafts()).map((one) => one.id), await store.photos()], [['of her sister'], []]);
});

test('a page takes away what it kept itself, and not what another page of the same person keeps', async () => {
  const { store } = memory();
  const [one, other] = [new Drafting(store, 't', 'patient'), new Drafting(store, 't', 'patient')];
  one.note(unfinished({ eyes: ['none'] }), 'day3', now);
  other.note(unfinished({ eyes: ['visionLoss'] }), '', now);
  await new Promise((resolve) => setImmediate(resolve));
  await one.clear();
  assert.deepEqual((await store.drafts()).map((kept) => kept.answers), [{ eyes: ['visionLoss'] }]);

  // One that waits in its page alone stays when the next, of the same page, is taken back.
  other.leave();
  other.note(unfinished({ note: 'a' }), '', now);
  await new Promise((resolve) => setImmediate(resolve));
  other.note(unfinished({ note: '' }), '', now);
  await other.drop();
  assert.deepEqual((await store.drafts()).map((kept) => kept.answers), [{ eyes: ['visionLoss'] }]);
  await other.clear();
  assert.deepEqual(await store.drafts(), []);
});

test('a photo whose draft is gone goes, too', async () => {
  for (const take of [(store: DraftStore) => sweep(store, now), (store: DraftStore) => forgetDrafts(store, 't', 'patient')]) {
    const { store } = memory(draft({}, { id: 'hers' }));
    for (const id of ['hers', 'nobody']) await store.putPhoto({ id: `${id}/spot`, draft: id, view: 'spot', content: new ArrayBuffer(3) });
    await take(store);
    assert.deepEqual((await store.photos()).map((photo) => photo.draft), ['hers']);
  }
});

test('answers are shown though nothing can be taken away and no photo be read', async () => {
  const { store } = memory(draft({ thread: ['out'] }, { views: ['spot'] }), draft({}, { id: 'old', begunAt: '2026-03-01T09:00:00+07:00' }));
  const refuse = (): Promise<never> => Promise.reject(new Error('QuotaExceededError'));
  const again = await new Drafting({ ...store, remove: refuse, photos: refuse }, 't', 'patient').resume((drafts) => chosen(drafts, file, page(), [], now), now);
  assert.deepEqual([again?.draft.id, again?.photos], ['d', []]);
});

test('answers that were all taken back are no draft', async () => {
  const { store } = memory();
  const drafting = new Drafting(store, 't', 'patient');
  drafting.note(unfinished({ note: 'a' }), 'day3', now);
  drafting.note(unfinished({ note: '' }, { typed: { temperature: '' } }), 'day3', now);
  await drafting.clear();
  assert.deepEqual([await store.drafts(), drafting.isKept], [[], false]);
});

test('signing out takes every draft but that of the person for whom the phone is enrolled', async () => {
  const all = [draft({}, { id: 'hers' }), draft({}, { id: 'of her sister', teller: 'sister' }), draft({}, { id: 'elsewhere', treatment: 'another' })];
  for (const [treatment, teller, left] of [[null, null, []], ['t', 'sister', ['of her sister']], ['t', 'patient', ['hers']]] as [string | null, string | null, string[]][]) {
    const { store } = memory(...all);
    await forgetDrafts(store, treatment, teller);
    assert.deepEqual((await store.drafts()).map((one) => one.id), left);
  }
});

test('a phone that keeps nothing lets the page go on all the same', async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('QuotaExceededError'));
  for (const store of [null, { drafts: refuse, photos: refuse, put: refuse, putPhoto: refuse, removePhoto: refuse, remove: refuse }]) {
    const drafting = new Drafting(store, 't', 'patient');
    assert.equal(await drafting.resume(() => null, now), null);
    drafting.note(unfinished({ eyes: ['none'] }), 'day3', now);
    drafting.photo('spot', new ArrayBuffer(3), now);
    await drafting.clear();
  }
});
