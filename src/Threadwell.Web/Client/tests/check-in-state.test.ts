// What the page of a check-in asks, what it takes as an answer, and what it shows: without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted } from '../check-in/photos';
import { cannotWait, due, fits, graver, isPast, nothing, open, outcome, questions, statusOf, told, toggled, typedNumber, unheard, withNone, withOffset } from '../check-in/state';
import type { KeptCheckIn } from '../check-in/store';
import type { Answers, Level } from '../triage/file';
import { file, page, well } from './check-ins';

const now = '2026-03-05T09:00:00+07:00';

const keptOf = (id: string, answeredAt: string, answers: Answers, phoneLevel: Level, more: Partial<KeptCheckIn> = {}): KeptCheckIn => ({
  id, treatment: 't', scheduledId: '', answeredAt, answers, phoneLevel, rulebookVersion: 1, sent: false, serverLevel: null, serverStanding: null, serverDue: null, refused: '', ...more,
});

const ids = (answers: Answers, at = now): string[] => questions(file, page(), [], at, answers).map((question) => question.id);
const safety = (answers: Answers) => questions(file, page(), [], now, answers).filter((question) => question.group === 'safety');

test('only questions whose conditions hold are asked', () => {
  assert.ok(!ids({}).includes('trunk'), 'chest and belly were not treated');
  assert.ok(!ids({}).includes('numbing'), 'the injection was three days ago');
  assert.ok(ids({}, '2026-03-02T20:00:00+07:00').includes('numbing'));
  assert.ok(!ids({}).includes('swellingTrend'));
  assert.ok(ids({ swelling: 'mild' }).includes('swellingTrend'));
  assert.ok(!ids({ temperatureTaken: 'no' }).includes('temperature'));
  assert.ok(ids({ temperatureTaken: 'yes' }).includes('temperature'));
});

test('silence is no answer: it stays open, and only a press says none', () => {
  assert.equal(open(safety({}), {}).length, safety({}).length);
  const answered = withNone(safety({}), { lump: ['beating'] });
  assert.deepEqual(answered.lump, ['beating']);
  assert.deepEqual(answered.eyes, ['none']);
  assert.equal(open(safety(answered), answered).length, 0);
  assert.deepEqual(withNone(safety({}), { lump: [] }).lump, ['none']);
});

test('a question without a "none" of its own is not answered by the button', () => {
  assert.equal(nothing(file.questions.find((question) => question.id === 'mouthFingers')!), null);
  assert.equal(nothing(file.questions.find((question) => question.id === 'painLeft')!), null);
  assert.deepEqual(nothing(file.questions.find((question) => question.id === 'eyes')!), ['none']);
});

test('"none" goes with no sign, and a sign with no "none"', () => {
  assert.deepEqual(toggled(undefined, 'a'), ['a']);
  assert.deepEqual(toggled(['none'], 'a'), ['a']);
  assert.deepEqual(toggled(['a', 'b'], 'none'), ['none']);
  assert.deepEqual(toggled(['a'], 'a'), []);
});

test('an answer to a question that has gone is not sent, nor an empty note', () => {
  const answers: Answers = { swelling: 'none', swellingTrend: 'worse', note: '' };
  assert.deepEqual(told(questions(file, page(), [], now, answers), answers), { swelling: 'none' });
});

test('a sign that cannot wait is known before the rest is answered', () => {
  for (const [answers, level] of [[{ eyes: ['visionLoss'] }, 'emergency'], [{ thread: ['out'] }, 'red'], [{ lump: ['newHard'] }, 'amber']] as [Answers, Level][]) {
    const found = outcome(file, page(), [], { id: 'own', answeredAt: now, answers }, now, null);
    assert.equal(found.result.level, level);
    assert.equal(cannotWait(found.result.level), level !== 'amber');
  }
});

test('what was shown before stands, and the graver of phone and server is shown', () => {
  const own = { id: 'own', answeredAt: now, answers: well };
  assert.deepEqual([outcome(file, page(), [], own, now, null).shown, outcome(file, page(), [], own, now, null).stands], ['green', false]);
  const stood = outcome(file, page([], 'red'), [], own, now, null);
  assert.deepEqual([stood.shown, stood.result.level, stood.stands], ['red', 'green', true]);
  assert.equal(outcome(file, page(), [], own, now, 'amber').shown, 'amber');
  assert.equal(outcome(file, page(), [], { ...own, answers: { ...well, thread: ['out'] } }, now, 'green').shown, 'red');
});

test('answers that wait on the phone raise what stands, and are compared with', () => {
  const before = keptOf('before', '2026-03-04T09:00:00+07:00', { ...well, painLeft: 2, painRight: 2, painTrend: 'same' }, 'red');
  const found = outcome(file, page(), [before], { id: 'own', answeredAt: now, answers: { ...well, painLeft: 4, painRight: 4, painTrend: 'same' } }, now, null);
  assert.ok(found.result.reasons.some((rule) => rule.id === 'painRising'));
  assert.equal(outcome(file, page(), [before], { id: 'own', answeredAt: now, answers: well }, now, null).shown, 'red');

  // Once the server has it, the server says what stands: somebody may have lowered it since.
  const arrived = { id: 'before', scheduledId: '', answeredAt: before.answeredAt, arrivedAt: before.answeredAt, answers: before.answers, shown: 'red' as Level };
  assert.equal(outcome(file, page([arrived], 'green'), [{ ...before, sent: true }], { id: 'own', answeredAt: now, answers: well }, now, null).shown, 'green');
});

test('the last check-in whose day has come is due, once', () => {
  assert.equal(due(file, page(), [], now)?.id, 'day3');
  assert.equal(due(file, page(), [], '2026-03-06T09:00:00+07:00')?.id, 'day3');
  assert.equal(due(file, page(), [], '2026-03-02T15:00:00+07:00'), null);
  assert.equal(due(file, page(), [], '2026-06-02T09:00:00+07:00')?.id, 'month3');
  assert.equal(due(file, page(), [], '2026-06-01T09:00:00+07:00')?.id, 'day60');
  assert.equal(due(file, page(), [keptOf('a', now, well, 'green', { scheduledId: 'day3' })], now), null);
  assert.equal(due(file, page(), [keptOf('a', now, well, 'green', { scheduledId: 'day3', refused: 'Wrong.' })], now)?.id, 'day3', 'the clinic has not got it');
});

test('a temperature is read with a comma or a point', () => {
  assert.equal(typedNumber('37,5'), 37.5);
  assert.equal(typedNumber(' 38.0 °C '), 38);
  assert.equal(typedNumber(''), null);
  assert.ok(Number.isNaN(typedNumber('warm')));
});

test('times carry the offset of the phone', () => {
  assert.match(withOffset(new Date('2026-03-05T02:00:00Z')), /^2026-03-0[45]T\d\d:00:00[+-]\d\d:\d\d$/);
  assert.equal(Date.parse(withOffset(new Date('2026-03-05T02:00:00Z'))), Date.parse('2026-03-05T02:00:00Z'));
});

test('a photo keeps its shape and is nowhere longer than 2048 pixels', () => {
  assert.deepEqual(fitted(4032, 3024), { width: 2048, height: 1536 });
  assert.deepEqual(fitted(800, 600), { width: 800, height: 600 });
});

test('the graver of two levels', () => {
  assert.equal(graver('amber', 'red'), 'red');
  assert.equal(graver(null, 'green'), 'green');
});

test('a number outside its question is no answer to it', () => {
  const temperature = file.questions.find((question) => question.id === 'temperature')!;
  assert.deepEqual([29.9, 30, 45, 45.1, 3, 385, NaN].map((value) => fits(temperature, value)), [false, true, true, false, false, false, false]);
});

test('nothing is promised of a level that stands on answers which the server would not take', () => {
  const refused = keptOf('own', now, { thread: ['out'] }, 'red', { refused: 'Wrong.' });
  const later = keptOf('later', now, well, 'green', { sent: true, serverLevel: 'green' });
  assert.ok(unheard(page(), [refused], refused, 'red'));
  assert.ok(unheard(page(), [refused, later], later, 'red'));
  assert.ok(!unheard(page([], 'red'), [refused, later], later, 'red'), 'the clinic knows of a red of its own');
  assert.ok(!unheard(page(), [refused, { ...later, phoneLevel: 'red' }], { ...later, phoneLevel: 'red' }, 'red'));
  assert.ok(!unheard(page(), [keptOf('earlier', now, { thread: ['out'] }, 'red'), later], later, 'red'), 'one that waits is heard when it arrives');
});

test('a refusal hides the state of no other answers, and is said until the clinic has been told', () => {
  const refused = keptOf('refused', now, { thread: ['out'] }, 'red', { refused: 'Wrong.' });
  const sent = keptOf('sent', now, well, 'green', { sent: true, serverLevel: 'green' });
  const waits = keptOf('waits', now, well, 'green');
  const of = (kept: KeptCheckIn[], own: KeptCheckIn | null): [string, string[]] => {
    const status = statusOf({ kept, own, photos: 0, isSending: false, obstacle: 'away', inPageAlone: false });
    return [status.state, status.refused.map((one) => one.id)];
  };
  assert.deepEqual(of([refused], refused), ['', ['refused']]);
  assert.deepEqual(of([refused, sent], sent), ['sent', []]);
  assert.deepEqual(of([refused, waits], waits), ['waits', []]);
  assert.deepEqual(of([refused, waits], refused), ['waits', ['refused']]);
  assert.deepEqual(of([refused], null), ['', ['refused']]);
  assert.deepEqual(of([sent], null), ['', []]);
});

test('that the clinic was told silences a refusal and lowers nothing, until the level stands in the record', () => {
  const told = keptOf('told', '2026-03-05T08:00:00+07:00', { thread: ['out'] }, 'red', { refused: 'Wrong.', told: '2026-03-05T08:30:00+07:00' });
  const status = statusOf({ kept: [told], own: null, photos: 0, isSending: false, obstacle: null, inPageAlone: false });
  assert.deepEqual([status.state, status.refused], ['', []]);
  assert.equal(outcome(file, page(), [told], { id: 'own', answeredAt: now, answers: well }, now, null).shown, 'red');
  const heard = (answeredAt: string | null, arrivedAt: string, shown: Level = 'red', id = 'other') => page([{ id, scheduledId: '', answeredAt, arrivedAt, answers: well, shown }], 'green');
  assert.ok(!isPast(page(), told));
  assert.ok(!isPast(heard('2026-03-05T08:10:00+07:00', '2026-03-05T08:10:00+07:00'), told), 'it had arrived before she told');
  assert.ok(!isPast(heard('2026-03-05T07:00:00+07:00', '2026-03-05T09:00:00+07:00'), told), 'it was answered before, and waited');
  assert.ok(!isPast(heard('2026-03-05T09:00:00+07:00', '2026-03-05T09:00:00+07:00', 'amber'), told), 'milder answers lower nothing');
  assert.ok(isPast(heard('2026-03-05T09:00:00+07:00', '2026-03-05T09:00:00+07:00'), told));
  assert.ok(isPast(heard(null, '2026-03-05T09:00:00+07:00', 'emergency'), told));
  assert.ok(isPast(heard('2026-03-05T07:00:00+07:00', '2026-03-05T07:00:00+07:00', 'green', 'told'), told), 'the clinic has these very answers');
  const untold = { ...told, told: '' };
  assert.ok(!isPast(heard('2026-03-05T09:00:00+07:00', '2026-03-05T09:00:00+07:00'), untold));
  assert.ok(!isPast(heard('2026-03-05T09:00:00+07:00', '2026-03-05T09:00:00+07:00'), { ...told, refused: '' }));
});

test('of several refusals each is told by itself', () => {
  const one = keptOf('one', '2026-03-04T09:00:00+07:00', { thread: ['out'] }, 'red', { refused: 'Wrong.' });
  const other = keptOf('other', now, { eyes: ['visionLoss'] }, 'emergency', { refused: 'Wrong.' });
  const said = (kept: KeptCheckIn[]): string[] => statusOf({ kept, own: null, photos: 0, isSending: false, obstacle: null, inPageAlone: false }).refused.map((refused) => refused.id);
  assert.deepEqual(said([one, other]), ['one']);
  assert.deepEqual(said([{ ...one, told: now }, other]), ['other']);
  assert.deepEqual(said([{ ...one, told: now }, { ...other, told: now }]), []);
});

test('"none" beside a word that is not known answers nothing, and a sign beside one is one', () => {
  const eyes = file.questions.filter((question) => question.id === 'eyes');
  assert.deepEqual([['none', 'laser'], ['laser'], ['none'], ['visionLoss', 'laser']].map((answer) => open(eyes, { eyes: answer }).length), [1, 1, 0, 0]);
  assert.equal(outcome(file, page(), [], { id: 'own', answeredAt: now, answers: { ...well, eyes: ['visionLoss', 'laser'] } }, now, null).shown, 'emergency');
});
