import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progress } from '../learn/progress';
import { daysPerMonth, Story, type Run } from '../learn/story';

const run: Run = {
  days: [0, 100, 200],
  timesDays: [0, 6 * daysPerMonth, 12 * daysPerMonth],
  curves: { strength: [1, 0.5, 0], mass: [1, 1, 0], inflammation: [0, 1, 0], repair: [0, 1, 0], fibroblasts: [0, 0.5, 1], collagenAtBarb: [0, 0.2, 0.4], collagenBetween: [0, 0.1, 0.2] },
  courses: { lift: [2, 1.5, 0] },
  frames: [{ month: 0, address: 'a' }, { month: 12, address: 'b' }],
};
const told = new Story({ months: 60, symbols: 10, mostConcentration: 0.04, highestAtBarbs: 0.1, highestBetween: 0.05, width: 1, height: 1, before: 'x', runs: [run] });

test('a thread fades with its strength and is gone with its mass', () => {
  assert.equal(told.threadOpacity(0, 0), 1);
  assert.ok(Math.abs(told.threadOpacity(0, 100) - 0.6) < 1e-9);
  assert.equal(told.threadOpacity(0, 200), 0);
  assert.equal(told.threadOpacity(0, 9999), 0);
});

test('maps and symbols rise with the collagen, each on one scale', () => {
  assert.ok(Math.abs(told.maps(0, 200).atBarbs - 1) < 1e-9);
  assert.ok(Math.abs(told.maps(0, 200).between - 0.25) < 1e-9);
  assert.equal(told.symbols(0, 'fibres', 100), 5);
  assert.equal(told.symbols(0, 'builders', 200), 10);
  assert.equal(told.symbols(0, 'inflammation', 0), 0);
});

test('the colour of the face follows the lift between two pictures, not the calendar', () => {
  const half = told.frames(0, 6 * daysPerMonth);
  assert.deepEqual([half.from.address, half.to.address], ['a', 'b']);
  assert.ok(Math.abs(half.share - 0.25) < 1e-9);
  assert.equal(told.frames(0, 0).from.address, 'a');
  assert.equal(told.frames(0, 60 * daysPerMonth).to.address, 'b');
});

test('motion begins and ends within the step, and holds at both ends', () => {
  for (const beside of [true, false]) {
    let last = 0;
    for (let scrolled = -2000; scrolled <= 4000; scrolled += 50) {
      const share = progress(1000 - scrolled, 2200 - scrolled, 800, beside);
      assert.ok(share >= last && share >= 0 && share <= 1);
      last = share;
    }
    assert.equal(progress(3000, 4200, 800, beside), 0);
    assert.equal(last, 1);
  }
});
