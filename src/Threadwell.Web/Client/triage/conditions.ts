// Evaluates conditions, with the steps of Threadwell.Care/Rules/ConditionEvaluator.cs and AnswerCourse.cs.
import type { Answers, Condition, Question, Sides, TriageFile } from './file';
import { mentions } from './words';

/** Whether a condition holds; null: it hangs on an answer that is missing. */
export type Truth = boolean | null;

/** A time that has gone by, known within bounds. */
export interface Elapsed {
  least: number;
  most: number;
}

/** Nothing is known of a time but that it is not negative. */
export const unknownTime: Elapsed = { least: 0, most: Infinity };

/** A time that is known. */
export const known = (value: number): Elapsed => ({ least: value, most: value });

const atLeast = (time: Elapsed, value: number): Truth => (time.least >= value ? true : time.most < value ? false : null);
const atMost = (time: Elapsed, value: number): Truth => (time.most <= value ? true : time.least > value ? false : null);

/** Answers given at another time; at is null where it is not known. */
export interface OtherAnswers {
  answers: Answers;
  at: number | null;
  sinceAnaesthetic: Elapsed;
}

/** What a condition may look at. */
export interface Course {
  file: TriageFile;
  answers: Answers;
  at: number | null;
  sinceTreatment: Elapsed;
  sinceAnaesthetic: Elapsed;
  days: Elapsed;
  areas: string[] | null;
  sides: Sides | null;
  others: OtherAnswers[];
}

/** Whether a condition holds. What the course leaves open is settled as whatever makes it hold; what nobody answered stays open. */
export function evaluate(condition: Condition, course: Course, negated = false): Truth {
  const open = (fact: Truth): boolean => fact ?? !negated;
  if (condition.all) return join(condition.all, course, false, negated);
  if (condition.any) return join(condition.any, course, true, negated);
  if (condition.not) {
    const opposite = evaluate(condition.not, course, !negated);
    return opposite === null ? null : !opposite;
  }
  if (condition.named !== undefined) return evaluate(course.file.conditions[condition.named], course, negated);
  const since = condition.since === 'anaesthetic' ? course.sinceAnaesthetic : course.sinceTreatment;
  if (condition.hoursFrom !== undefined) return open(atLeast(since, condition.hoursFrom));
  if (condition.hoursUpTo !== undefined) return open(atMost(since, condition.hoursUpTo));
  if (condition.daysFrom !== undefined) return open(atLeast(course.days, condition.daysFrom));
  if (condition.treated) return open(course.areas === null ? null : course.areas.some((area) => condition.treated!.includes(area)));
  if (condition.sides) return open(course.sides === null ? null : condition.sides.includes(course.sides));
  if (condition.question !== undefined) return test(condition, questionOf(course.file, condition.question), course);
  throw new Error('A condition has no form that this page knows.');
}

/** Whether a question is asked. */
export const isAsked = (question: Question, course: Course): Truth => (question.askedWhen ? evaluate(question.askedWhen, course) : true);

/** Whether a question is answered. Nothing, "unknown", no choice and what the question does not offer leave it open: they are never a "no". */
export function isAnswered(answers: Answers, question: Question): boolean {
  const answer = answers[question.id];
  const offered = (word: unknown): boolean => (question.choices ?? []).some((choice) => choice.id === word);
  switch (question.kind) {
    case 'yesNo':
      return answer === 'yes' || answer === 'no';
    case 'choice':
      return offered(answer);
    case 'choices':
      // "None" beside a word that the question does not offer says nothing of that word.
      return Array.isArray(answer) && answer.some((word) => offered(word) && (word !== 'none' || answer.every(offered)));
    case 'number':
      return typeof answer === 'number' && Number.isFinite(answer);
    case 'text':
      return typeof answer === 'string';
  }
}

function join(parts: Condition[], course: Course, decisive: boolean, negated: boolean): Truth {
  let missing = false;
  for (const part of parts) {
    const truth = evaluate(part, course, negated);
    if (truth === decisive) return decisive;
    missing ||= truth === null;
  }
  return missing ? null : !decisive;
}

function questionOf(file: TriageFile, id: string): Question {
  const found = file.questions.find((question) => question.id === id);
  if (!found) throw new Error(`No question is named '${id}'.`);
  return found;
}

function test(condition: Condition, question: Question, course: Course): Truth {
  const answer = course.answers[question.id];
  if (question.kind === 'text') {
    const lists = condition.mentions ?? condition.mentionsEvenDenied ?? [];
    return typeof answer === 'string' && mentions(answer, lists, course.file.words, condition.mentionsEvenDenied !== undefined);
  }
  if (!isAnswered(course.answers, question)) return answer === undefined && isAsked(question, course) === false ? false : null;
  if (condition.exceeds !== undefined) {
    const bound = course.answers[condition.exceeds];
    return typeof bound === 'number' && Number.isFinite(bound) ? (answer as number) >= bound + condition.by! : null;
  }
  if (condition.rises !== undefined) {
    const before = baseline(question, condition.comparedFromHour, course);
    return before !== null && rank(question, answer)! >= before + condition.rises;
  }
  if (condition.first) return !course.others.some((other) => !later(other.at, course.at) && isAnswered(other.answers, question));
  if (condition.toldBefore) return course.others.some((other) => later(course.at, other.at) && includesAny(other.answers[question.id], condition.toldBefore!));
  if (condition.is) return typeof answer === 'string' && condition.is.includes(answer);
  if (condition.includes) return includesAny(answer, condition.includes);
  if (condition.atLeast !== undefined) return typeof answer === 'number' && answer >= condition.atLeast;
  if (condition.below !== undefined) return typeof answer === 'number' && answer < condition.below;
  throw new Error(`The condition on '${question.id}' has no test that this page knows.`);
}

const includesAny = (answer: Answers[string] | undefined, words: string[]): boolean => Array.isArray(answer) && answer.some((word) => words.includes(word));

const later = (one: number | null, other: number | null): boolean => one !== null && other !== null && one > other;

// The last answer before; where the order is not known the lowest of those it might be.
function baseline(question: Question, fromHour: number | undefined, course: Course): number | null {
  let lowest: number | null = null;
  let last: number | null = null;
  let lastAt = -Infinity;
  for (const other of course.others) {
    const value = isAnswered(other.answers, question) ? rank(question, other.answers[question.id]) : null;
    if (value === null || later(other.at, course.at) || (fromHour !== undefined && atLeast(other.sinceAnaesthetic, fromHour) === false)) continue;
    if (other.at === null || course.at === null || other.at === course.at) lowest = lower(lowest, value);
    else if (other.at >= lastAt) {
      last = other.at === lastAt ? lower(last, value) : value;
      lastAt = other.at;
    }
  }
  return lower(lowest, last);
}

const lower = (one: number | null, other: number | null): number | null => (one === null ? other : other === null ? one : Math.min(one, other));

// A number, or the place of a choice among the question's choices.
function rank(question: Question, answer: Answers[string] | undefined): number | null {
  if (typeof answer === 'number') return answer;
  const place = typeof answer === 'string' ? (question.choices ?? []).findIndex((choice) => choice.id === answer) : -1;
  return place < 0 ? null : place;
}
