import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Course, firstBelow, type PredictionDocument } from '../years/document';
import { daysPerMonth } from '../years/time';

const document: PredictionDocument = {
  modelVersion: '1',
  inputSha256: '',
  timesDays: [0, daysPerMonth, 3 * daysPerMonth],
  landmarks: [
    { name: 'jowl.left', vector: [0, 1, 0], liftMm: [2, 1, 0], untreatedMm: [0, -0.1, -0.3] },
    { name: 'jowl.right', vector: [0, 1, 0], liftMm: [4, 3, 0], untreatedMm: [0, -0.3, -0.5] },
  ],
  threads: [],
  supportIndex: [1, 1.04, 1.01],
  untreatedSupportIndex: [1, 0.99, 0.98],
  summary: {
    liftNowMm: 3, liftHalfLifeMonths: 1.5, liftEndMonths: null, visibleLiftEndMonths: 2, visibleThresholdMm: 1,
    supportHalfLifeMonths: null, supportEndMonths: null, backToDayZeroMonths: null, simulatedMonths: 3,
  },
  warnings: [],
};

test('a course tells means over its landmarks, and the treated position is lift and untreated together', () => {
  const course = new Course(document);
  const numbers = course.at(2);
  assert.ok(Math.abs(numbers.lift - 1) < 1e-9);
  assert.ok(Math.abs(numbers.untreated + 0.3) < 1e-9);
  assert.ok(Math.abs(numbers.treated - 0.7) < 1e-9);
  assert.ok(Math.abs(numbers.support - 1.025) < 1e-9);
  assert.ok(Math.abs(course.largestGain() - 0.05) < 1e-9);
});

test('the first month below a level lies between stored times', () => {
  assert.equal(firstBelow([0, 1, 3], [1, 0.6, 0.2], 0.4), 2);
  assert.equal(firstBelow([0, 1, 3], [1, 0.6, 0.5], 0.4), null);
  assert.equal(firstBelow([0, 1], [0.3, 0.2], 0.4), 0);
});
