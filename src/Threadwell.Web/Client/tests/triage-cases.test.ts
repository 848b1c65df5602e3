// Whether the table of cases would notice a change of the rules: each threshold moved, each choice left out, each level changed must turn at least one case.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import table from '../../../../tests/Threadwell.Care.Tests/Triage/cases.md';
import type { Condition, Level, TriageFile } from '../triage/file';
import { judge } from '../triage/judge';
import { file, lines, readCase, type Case } from './check-ins';

const cases = lines(table).map(readCase);
let likely = 0;

// A case that fell for one change falls for the next one of the same rule, mostly: it is tried first.
function isNoticed(changed: TriageFile): boolean {
  for (let count = 0; count < cases.length; count++) {
    const index = (likely + count) % cases.length;
    if (!holds(changed, cases[index])) {
      likely = index;
      return true;
    }
  }
  return false;
}

function holds(changed: TriageFile, one: Case): boolean {
  const result = judge(changed, one.history, one.facts, one.now);
  const deciding = result.reasons.filter((rule) => rule.level === result.level).map((rule) => rule.id);
  return result.level === one.level && deciding.sort().join() === [...one.rules].sort().join();
}

type Step = Record<string, unknown> | unknown[];

/** How far a number is moved to either side: a step of its scale. */
const steps: Record<string, number> = { hoursFrom: 0.05, hoursUpTo: 0.05, comparedFromHour: 0.05, atLeast: 0.05, daysFrom: 1, by: 1, rises: 1 };
const lists = ['is', 'includes', 'treated', 'sides', 'toldBefore'];

/** Calls back for each small change of a condition, while it is made. */
function change(node: Step, place: string, report: (place: string) => void): void {
  for (const [key, value] of Object.entries(node)) {
    const at = `${place}.${key}`;
    const set = (other: unknown): void => {
      (node as Record<string, unknown>)[key] = other;
    };
    if (typeof value === 'number') {
      for (const step of [steps[key], -steps[key]]) {
        set(value + step);
        report(`${at} ${value + step}`);
      }
      set(value);
    } else if (lists.includes(key)) {
      for (const word of value as string[]) {
        set((value as string[]).filter((other) => other !== word));
        report(`${at} without ${word}`);
      }
      set(value);
    } else if ((key === 'all' || key === 'any') && (value as Condition[]).length > 1) {
      (value as Condition[]).forEach((part, index) => {
        set((value as Condition[]).filter((other) => other !== part));
        report(`${at} without ${index}`);
      });
      set(value);
    }
    if (typeof value === 'object' && value !== null) change(value as Step, at, report);
  }
}

test('each threshold, each choice and each level of the rules is held by a case', () => {
  const changed = structuredClone(file);
  assert.ok(!isNoticed(changed));
  const unnoticed: string[] = [];
  let count = 0;
  const report = (place: string): void => {
    count++;
    if (!isNoticed(changed)) unnoticed.push(place);
  };
  for (const rule of changed.rules) {
    if (rule.when) change(rule.when as Step, rule.id, report);
    const level = rule.level;
    for (const other of (['amber', 'red', 'emergency'] as Level[]).filter((one) => one !== level)) {
      rule.level = other;
      report(`${rule.id} ${other}`);
    }
    rule.level = level;
  }
  for (const [name, condition] of Object.entries(changed.conditions)) change(condition as Step, name, report);
  for (const question of changed.questions) if (question.askedWhen) change(question.askedWhen as Step, `${question.id} asked`, report);
  assert.ok(count > 300, `${count} changes`);
  assert.deepEqual(unnoticed, []);
});
