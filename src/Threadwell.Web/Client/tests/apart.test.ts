import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandAt, toldApart } from '../years/apart';

const band = (low90: number | null, high90: number | null) => ({ low90, high90 });

test('two values are told apart only where each lies outside the band of the other', () => {
  assert.equal(toldApart({ at: 1, band: band(0.8, 1.2) }, { at: 2, band: band(1.7, 2.4) }), true);
  assert.equal(toldApart({ at: 1, band: band(0.8, 1.9) }, { at: 2, band: band(1.7, 2.4) }), true);
  assert.equal(toldApart({ at: 1, band: band(0.8, 1.2) }, { at: 2, band: band(0.9, 2.4) }), false);
  assert.equal(toldApart({ at: 2, band: band(0.9, 2.4) }, { at: 1, band: band(0.8, 1.2) }), false);
  assert.equal(toldApart({ at: 1, band: band(1.1, 1.4) }, { at: 1, band: band(1.1, 1.4) }), false);
});

test('a time beyond the months simulated is later than any month', () => {
  assert.equal(toldApart({ at: null, band: band(40, null) }, { at: 12, band: band(8, 20) }), true);
  assert.equal(toldApart({ at: null, band: band(40, null) }, { at: 30, band: band(20, null) }), false);
  assert.equal(toldApart({ at: null, band: band(null, null) }, { at: null, band: band(null, null) }), false);
});

test('nothing is said of a course without bands', () => {
  assert.equal(toldApart({ at: 1 }, { at: 5, band: band(4, 6) }), null);
});

test('a band is read off between its stored times', () => {
  const curve = { low90: [1, 3], low50: [0, 0], median: [0, 0], high50: [0, 0], high90: [2, 6] };
  assert.deepEqual(bandAt(curve, [0, 10], 5), { low90: 2, high90: 4 });
});
