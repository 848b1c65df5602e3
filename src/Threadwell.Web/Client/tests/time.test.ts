import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marks, moment, monthAt, placeOf, valueAt } from '../years/time';

test('a moment between stored times is read off linearly, and the ends hold', () => {
  const times = [0, 7, 14, 30];
  const values = [0, 70, 140, 300];
  for (const day of [0, 1, 7, 13.5, 14, 29, 30]) assert.ok(Math.abs(valueAt(values, moment(times, day)) - 10 * day) < 1e-9);
  assert.equal(valueAt(values, moment(times, -5)), 0);
  assert.equal(valueAt(values, moment(times, 99)), 300);
  assert.equal(valueAt([4], moment([0], 12)), 4);
});

test('the way through the months rises from day 0 to the end and has an inverse', () => {
  let last = -1;
  for (let step = 0; step <= 1000; step++) {
    const month = monthAt(step / 1000, 60);
    assert.ok(month > last);
    last = month;
    assert.ok(Math.abs(placeOf(month, 60) - step / 1000) < 1e-9);
  }
  assert.equal(monthAt(0, 60), 0);
  assert.ok(Math.abs(monthAt(1, 60) - 60) < 1e-9);
  assert.equal(monthAt(2, 60), monthAt(1, 60));
});

test('the first half year, in which most happens, takes more than a quarter of the way', () => {
  assert.ok(placeOf(6, 60) > 0.25);
  assert.ok(placeOf(12, 60) > 0.4);
});

test('marks begin on day 0 and end with the course', () => {
  assert.deepEqual(marks(60), [0, 1, 3, 6, 12, 24, 36, 48, 60]);
  assert.deepEqual(marks(18), [0, 1, 3, 6, 12, 18]);
});
