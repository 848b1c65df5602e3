import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFields } from '../years/fields';
import { Motion } from '../years/motion';
import { daysPerMonth } from '../years/time';
import { fieldsFile } from './fields-file';

test('fields are read as they were written', () => {
  const fields = parseFields(fieldsFile());
  assert.deepEqual(fields.timesDays, [0, 30, 90]);
  assert.deepEqual([...fields.vertex], [1, 2]);
  assert.deepEqual([...fields.column], [0, 1, 2, 1, 2, 0]);
  assert.equal(fields.treated.length, 3 * 3 * 3);
  assert.equal(fields.treated[3 * 3 * 1 + 3 * 2 + 1], 12.5);
  assert.equal(fields.collagen[3 * 2 + 1], 0.25);
  assert.equal(fields.threads[0].id, 'L1');
});

test('a header of any length keeps the arrays aligned', () => {
  for (const id of ['L', 'L1', 'L12', 'L123']) assert.equal(parseFields(fieldsFile(id)).treated[3 * 3 * 1 + 3 * 2 + 1], 12.5);
});

test('bytes of another kind, cut or too long, and a column out of range are refused', () => {
  const whole = fieldsFile();
  assert.throws(() => parseFields(new ArrayBuffer(0)), /not the fields/);
  assert.throws(() => parseFields(new TextEncoder().encode('{"type": "problem"}').buffer as ArrayBuffer), /not the fields/);
  assert.throws(() => parseFields(whole.slice(0, whole.byteLength - 4)), /bytes where/);
  assert.throws(() => parseFields(fieldsFile('L1', 7)), /column/);
});

const rest = new Float32Array([0, 0, 0, 10, 0, 0, 20, 0, 0, 30, 0, 0]);
const upwards = [{ position: [0, 0, 0], vector: [0, 1, 0] }];

test('vertices follow their columns, linearly between stored times, and the rest stays', () => {
  const motion = new Motion(parseFields(fieldsFile()), rest, upwards);
  const displacement = new Float32Array(rest.length);
  motion.displace(0, 'treated', 1, displacement);
  // Column 0 stands at (0, 0, 0), column 1 at (0, 2, 0), column 2 at (0, 4, 0) on day 0.
  assert.deepEqual([...displacement.slice(3, 6)], [0, 0.5 * 0 + 0.25 * 2 + 0.25 * 4, 0]);
  motion.displace(15 / daysPerMonth, 'treated', 1, displacement);
  assert.ok(Math.abs(displacement[4] - 0.5 * (1.5 + (0.5 * 8.5 + 0.25 * 10.5 + 0.25 * 12.5))) < 1e-5);
  assert.deepEqual([...displacement.slice(0, 3)], [0, 0, 0]);
  assert.deepEqual([...displacement.slice(9)], [0, 0, 0]);
});

test('a factor enlarges the motion and leaves the colours true', () => {
  const motion = new Motion(parseFields(fieldsFile()), rest, upwards);
  const once = new Float32Array(rest.length);
  const thrice = new Float32Array(rest.length);
  motion.displace(1, 'treated', 1, once);
  motion.displace(1, 'treated', 3, thrice);
  assert.ok(Math.abs(thrice[4] - 3 * once[4]) < 1e-4);
  const values = new Float32Array(4).fill(NaN);
  motion.colour(1, 'treated', 'movement', values);
  assert.ok(Math.abs(values[1] - once[4]) < 1e-4);
  assert.ok(Number.isNaN(values[0]) && Number.isNaN(values[3]));
});

test('lift is treated minus untreated along the planned direction; without treatment it is zero', () => {
  const motion = new Motion(parseFields(fieldsFile()), rest, upwards);
  const lift = new Float32Array(4).fill(NaN);
  const treated = new Float32Array(4).fill(NaN);
  const untreated = new Float32Array(4).fill(NaN);
  motion.colour(2, 'treated', 'lift', lift);
  motion.colour(2, 'treated', 'movement', treated);
  motion.colour(2, 'untreated', 'movement', untreated);
  assert.ok(untreated[1] < 0);
  assert.ok(Math.abs(lift[1] - (treated[1] - untreated[1])) < 1e-4);
  motion.colour(2, 'untreated', 'lift', lift);
  assert.equal(lift[1], 0);
});

test('the extent of a colouring spans the whole course and holds zero', () => {
  const motion = new Motion(parseFields(fieldsFile()), rest, upwards);
  const extent = motion.extent('movement');
  assert.equal(extent.low, -3);
  assert.ok(extent.high > 12);
  assert.equal(motion.extent('collagen').low, 0);
});

test('a prediction of another surface is refused', () => {
  assert.throws(() => new Motion(parseFields(fieldsFile()), new Float32Array(6), upwards), /another surface/);
});
