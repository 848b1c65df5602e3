import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overloaded } from '../plan/barb-load';

const barb = (loadN: number, marginN: number, slipped = false) => ({ position: [0, 0, 0] as [number, number, number], direction: [0, 0, 1] as [number, number, number], loadN, marginN, slipped });

test('a thread is named whose barb carries more than the limit of its hold, in whichever direction, or slips', () => {
  const threads = [
    { id: 'L1', barbs: [barb(0.5, 0.5), barb(-0.89, 0.11)] },
    { id: 'L2', barbs: [barb(0.1, 0.9), barb(-0.91, 0.09)] },
    { id: 'R1', barbs: [barb(0.2, 0, true)] },
    { id: 'R2', barbs: [] },
  ];
  assert.deepEqual(overloaded(threads, 0.9), ['L2', 'R1']);
  assert.deepEqual(overloaded(threads, 0.95), ['R1']);
});
