import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceAt, goesOneWay, type Difference } from '../years/difference';
import { daysPerMonth } from '../years/time';

const band = (low: number[], high: number[]) => ({ low90: low, low50: low, median: low, high50: high, high90: high });
const odds = { first: 1, second: 0 };

const difference: Difference = {
  courses: 128,
  timesDays: [0, 2 * daysPerMonth],
  liftMm: [0.4, 0.2],
  liftBandMm: band([0.2, -0.2], [0.6, 0.4]),
  supportGain: [0, 0.04],
  supportGainBand: band([0, 0.02], [0, 0.06]),
  summary: {
    liftNowMm: odds, liftHalfLifeMonths: odds, liftEndMonths: odds, visibleLiftEndMonths: odds,
    largestSupportGain: odds, supportHalfLifeMonths: odds, supportEndMonths: odds, backToDayZeroMonths: odds,
  },
};

test('a difference is read off between its stored times, and not beyond the months that both have', () => {
  const lift = differenceAt(difference, 'lift', 1)!;
  assert.ok(Math.abs(lift.at - 0.3) < 1e-9 && Math.abs(lift.low90) < 1e-9 && Math.abs(lift.high90 - 0.5) < 1e-9);
  assert.ok(Math.abs(differenceAt(difference, 'gain', 1)!.high90 - 0.03) < 1e-9);
  assert.equal(differenceAt(difference, 'lift', 3), null);
});

test('it goes one way where nought is outside nine in ten of the pairs', () => {
  assert.equal(goesOneWay(differenceAt(difference, 'lift', 0)!), true);
  assert.equal(goesOneWay(differenceAt(difference, 'lift', 2)!), false);
  assert.equal(goesOneWay({ low90: -0.3, high90: -0.1 }), true);
});
