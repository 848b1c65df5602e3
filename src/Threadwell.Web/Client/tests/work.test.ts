import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 } from '../questions/sha256';
import { work } from '../questions/work';

const hex = (words: Uint32Array): string => [...words].map((word) => word.toString(16).padStart(8, '0')).join('');

test('the hash is that of the standard, for every length about the ends of blocks', () => {
  for (let length = 0; length < 200; length++) {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(33 + ((index * 7 + length) % 90))).join('');
    assert.equal(hex(sha256(text)), createHash('sha256').update(text).digest('hex'));
  }
});

test('work answers each puzzle and tells how far it has come', async () => {
  const told: number[] = [];
  const proof = await work('ticket', 4, 8, (done) => told.push(done));
  assert.deepEqual(told, [1, 2, 3, 4]);
  proof.split('.').forEach((number, puzzle) => assert.match(createHash('sha256').update(`ticket:${puzzle}:${number}`).digest('hex'), /^00/));
});
