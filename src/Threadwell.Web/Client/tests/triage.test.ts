import assert from 'node:assert/strict';
import { test } from 'node:test';
import table from '../../../../tests/Threadwell.Care.Tests/Triage/cases.md';
import sample from '../../../../tests/Threadwell.Care.Tests/Triage/sample.json';
import type { Answers, Level } from '../triage/file';
import { judge, type CheckIn, type ClinicCalendar, type TreatmentFacts } from '../triage/judge';
import { standing, type LoweredLevel } from '../triage/standing';
import { facts, file, lines, readCase, well } from './check-ins';

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

test('courses made by chance are judged as the server judges them', () => {
  const calendar: ClinicCalendar = { workingDays: [1, 2, 3, 4, 5, 6], closed: ['2026-03-06', '2026-04-30', '2026-05-01'], closesAt: '17:30' };
  const courses = sample as unknown as SampledCourse[];
  assert.ok(courses.length >= 500);
  courses.forEach((course, index) => {
    const history = course.history.map((one): CheckIn => ({ answeredAt: one.answeredAt, answers: changed(one.told) }));
    const result = judge(file, history, course.facts, course.now, calendar);
    assert.deepEqual(
      { level: result.level, day: result.day, reasons: result.reasons.map((rule) => rule.id), does: result.does.slice(1).map((text) => text.vi), ask: result.ask, missed: result.missed, due: result.deadlines.map((deadline) => deadline.due) },
      { level: course.level, day: course.day, reasons: course.reasons, does: course.does, ask: course.ask, missed: course.missed, due: course.due },
      `course ${index}`,
    );
  });
});

interface SampledCourse {
  now: string;
  facts: TreatmentFacts;
  history: { answeredAt: string | null; told: Record<string, Answers[string] | null> }[];
  level: Level | null;
  day: number | null;
  reasons: string[];
  does: string[];
  ask: string[];
  missed: string | null;
  due: number[];
}

function changed(told: Record<string, Answers[string] | null>): Answers {
  const answers: Answers = { ...well };
  for (const [id, answer] of Object.entries(told)) {
    if (answer === null) delete answers[id];
    else answers[id] = answer;
  }
  return answers;
}

test('what a question does not offer leaves it open, and is never a no', () => {
  const now = '2026-03-05T09:00:00+07:00';
  const level = (changed: Record<string, unknown>): string | null => judge(file, [{ answeredAt: now, answers: { ...well, ...changed } as Answers }], facts, now).level;
  assert.equal(level({}), 'green');
  for (const wrong of [[], ['other'], '', 'none', undefined, null]) assert.equal(level({ lump: wrong }), 'amber');
  for (const wrong of [Number.NaN, Infinity, '3', [3]]) assert.equal(level({ painLeft: wrong }), 'amber');
  for (const wrong of ['maybe', true, ['no']]) assert.equal(level({ feverish: wrong }), 'amber');
});

test('a level once shown is lowered only by a named clinician with a reason', () => {
  const lower = (at: number, to: Level, by = 'Dr. Trần', reason = 'seen'): LoweredLevel => ({ at, to, by, reason });
  assert.equal(standing([], [lower(1, 'green')]), null);
  assert.equal(standing([{ at: 3, level: 'green' }, { at: 2, level: 'red' }], []), 'red');
  assert.equal(standing([{ at: 2, level: 'red' }], [lower(3, 'green')]), 'green');
  assert.equal(standing([{ at: 2, level: 'red' }], [lower(3, 'green', ' ')]), 'red');
  assert.equal(standing([{ at: 2, level: 'red' }], [lower(3, 'green', 'Dr. Trần', '')]), 'red');
  assert.equal(standing([{ at: 2, level: 'red' }], [lower(2, 'green')]), 'red');
  assert.equal(standing([{ at: 2, level: 'red' }, { at: 4, level: 'amber' }], [lower(3, 'green')]), 'amber');
  assert.equal(standing([{ at: 2, level: 'amber' }], [lower(3, 'emergency')]), 'amber');
});
