import assert from 'node:assert/strict';
import { test } from 'node:test';
import table from '../../../../tests/Threadwell.Care.Tests/Triage/cases.md';
import { judge } from '../triage/judge';
import { file, lines, readCase } from './check-ins';

test('each line of the table of cases has its level for its reasons on the phone too', () => {
  const cases = lines(table);
  assert.ok(cases.length >= 150);
  for (const line of cases) {
    const one = readCase(line);
    const result = judge(file, one.history, one.facts, one.now);
    const deciding = result.reasons.filter((rule) => rule.level === result.level).map((rule) => rule.id);
    assert.deepEqual({ level: result.level, rules: deciding.sort() }, { level: one.level, rules: [...one.rules].sort() }, line);
  }
});
