// What has been answered so far, and what follows from it: pure steps, so that the page only draws them.
import { isAnswered } from '../triage/conditions';
import type { Answers, Level, Question, ScheduledCheckIn, TriageFile } from '../triage/file';
import { asked, dayOf, judge, type CheckIn, type TriageResult } from '../triage/judge';
import type { PageFacts, PastCheckIn } from './facts';
import type { Obstacle } from './sending';
import type { KeptCheckIn, KeptPhoto } from './store';

export const safetyGroup = 'safety';
const order: Level[] = ['green', 'amber', 'red', 'emergency'];

/** The graver of two levels. */
export const graver = (one: Level | null, other: Level | null): Level | null =>
  one === null ? other : other === null ? one : order.indexOf(one) >= order.indexOf(other) ? one : other;

/** Whether a level is one that cannot wait for the end of the questions. */
export const cannotWait = (level: Level | null): boolean => level === 'red' || level === 'emergency';

/** A time with the offset of this phone's clock, as RFC 3339 writes it. */
export function withOffset(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** What the server has, and what this phone still keeps of the same treatment, each once. */
export function course(facts: PageFacts, kept: KeptCheckIn[]): CheckIn[] {
  return [...facts.course.checkIns, ...unknown(facts, kept)].map((one) => ({ answeredAt: one.answeredAt, answers: one.answers }));
}

// What the page, as the server wrote it, does not hold yet.
const unknown = (facts: PageFacts, kept: KeptCheckIn[]): KeptCheckIn[] => kept.filter((one) => !facts.course.checkIns.some((other) => other.id === one.id));

/** The questions that are asked now, in their order. */
export function questions(file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], now: string, answers: Answers): Question[] {
  const ids = new Set(asked(file, course(facts, kept), facts.course.facts, now, answers));
  return file.questions.filter((question) => ids.has(question.id));
}

/** The answers of the questions that are asked; one to a question that has gone is not sent. */
export function told(shown: Question[], answers: Answers): Answers {
  return Object.fromEntries(shown.filter((question) => isAnswered(answers, question) && answers[question.id] !== '').map((question) => [question.id, answers[question.id]]));
}

/** The questions that are still open. Free text may stay empty. */
export const open = (shown: Question[], answers: Answers): Question[] => shown.filter((question) => !question.optional && !isAnswered(answers, question));

/** The answer that says of a question that there is nothing; null where there is none such. */
export function nothing(question: Question): string | string[] | null {
  if (question.kind === 'yesNo') return 'no';
  if (!question.choices?.some((choice) => choice.id === 'none')) return null;
  return question.kind === 'choices' ? ['none'] : 'none';
}

/** Says "none of these" of all questions that are open: an answer that somebody gave by a button of its own, never one that was taken from silence. */
export function withNone(shown: Question[], answers: Answers): Answers {
  const none = open(shown, answers).map((question) => [question.id, nothing(question)] as const);
  return { ...answers, ...Object.fromEntries(none.filter((one): one is [string, string | string[]] => one[1] !== null)) };
}

/** Chooses or takes back one of several; "none" goes with no other. */
export function toggled(answer: Answers[string] | undefined, choice: string): string[] {
  const chosen = Array.isArray(answer) ? answer : [];
  if (chosen.includes(choice)) return chosen.filter((one) => one !== choice);
  return choice === 'none' ? ['none'] : [...chosen.filter((one) => one !== 'none'), choice];
}

/** Whether a number is an answer to its question; what is none is never taken for one. */
export const fits = (question: Question, value: number): boolean => value >= (question.lowest ?? -Infinity) && value <= (question.highest ?? Infinity);

/** The check-in of the schedule that is due: the last one whose day has come, unless it was answered (not where the clinic would not take that); null where none is. */
export function due(file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], now: string): ScheduledCheckIn | null {
  const today = dayOf(file, facts.course.facts, now);
  if (today === null || facts.course.facts.treatedAt === null) return null;
  const reached = file.schedule.filter((item) => !item.call && dayOfItem(item, facts.course.facts.treatedAt!) <= today).at(-1);
  return reached && ![...facts.course.checkIns, ...kept.filter((one) => !one.refused)].some((one) => one.scheduledId === reached.id) ? reached : null;
}

function dayOfItem(item: ScheduledCheckIn, treatedAt: string): number {
  if (item.days !== undefined) return item.days;
  const [year, month, day] = treatedAt.slice(0, 10).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + item.months! + 1, 0)).getUTCDate();
  return Math.round((Date.UTC(year, month - 1 + item.months!, Math.min(day, last)) - Date.UTC(year, month - 1, day)) / 86_400_000);
}

/** What a check-in comes to. */
export interface Outcome {
  /** What these answers mean. */
  result: TriageResult;
  /** The graver of that, of what the server said, and of the level that stands from before. */
  shown: Level;
  /** Whether an earlier level stands above these answers. */
  stands: boolean;
}

/** Judges answers with all that came before them; server is the gravest level that the clinic's own judgement gave, once it is known. */
export function outcome(file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], own: { id: string; answeredAt: string; answers: Answers }, now: string, server: Level | null): Outcome {
  const before = unknown(facts, kept).filter((one) => one.id !== own.id);
  const others = { ...facts, course: { ...facts.course, checkIns: facts.course.checkIns.filter((one) => one.id !== own.id) } };
  const result = judge(file, [...course(others, before), { answeredAt: own.answeredAt, answers: own.answers }], facts.course.facts, now, facts.course.calendar);
  const these = graver(result.level, server) ?? 'green';

  // The server says what stands of all that has reached it; what has not raises it. Nothing here lowers it.
  const standing = before.reduce((gravest, one) => graver(gravest, graver(one.phoneLevel, one.serverLevel)), facts.course.standing);
  return { result, shown: graver(these, standing)!, stands: graver(these, standing) !== these };
}

/** What answers come to now, or where that is graver, came to at one of the times at which they were left, by what was asked and known then: what was shown does not go because hours have gone by. */
export function gravest(file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], answers: Answers, now: string, leftAt: string[]): Outcome {
  const at = (time: string, course: PageFacts, own: KeptCheckIn[]): Outcome => outcome(file, course, own, { id: '', answeredAt: time, answers: told(questions(file, course, own, time, answers), answers) }, time, null);
  return leftAt.reduce((found, time) => {
    const isBefore = (one: { answeredAt: string | null }): boolean => one.answeredAt === null || Date.parse(one.answeredAt) <= Date.parse(time);
    const then = at(time, { ...facts, course: { ...facts.course, checkIns: facts.course.checkIns.filter(isBefore) } }, kept.filter(isBefore));
    return graver(found.result.level, then.result.level) === found.result.level ? found : then;
  }, at(now, facts, kept));
}

/** Whether the clinic will not hear of the level that is shown: it comes from answers that the server would not take. */
export function unheard(facts: PageFacts, kept: KeptCheckIn[], own: KeptCheckIn, shown: Level): boolean {
  if (own.refused) return true;
  const others = kept.filter((one) => one.id !== own.id);
  if (others.every((one) => !one.refused)) return false;
  const heard = [own, ...others.filter((one) => !one.refused)].reduce((gravest, one) => graver(gravest, graver(one.phoneLevel, one.serverLevel)), facts.course.standing);
  return graver(heard, shown) !== heard;
}

/**
 * Whether refused answers need to be kept no longer: the clinic has these very ones, or it was told of them and has since got later answers that are as grave (its own note of the call, or the patient's),
 * so that the level stands in the record, where a doctor alone lowers it. Neither a press nor milder answers lower what was shown.
 */
export const isPast = (facts: PageFacts, one: KeptCheckIn): boolean =>
  Boolean(one.refused) && facts.course.checkIns.some((other) => other.id === one.id || (Boolean(one.told) && holds(other, one)));

const holds = (other: PastCheckIn, one: KeptCheckIn): boolean =>
  Date.parse(other.arrivedAt) > Date.parse(one.told!) && Date.parse(other.answeredAt ?? other.arrivedAt) > Date.parse(one.answeredAt) && graver(other.shown, one.phoneLevel) === other.shown;

/** What the page knows of a treatment's answers on this phone. */
export interface Known {
  kept: KeptCheckIn[];
  /** The answers whose result is shown; null where none is. */
  own: KeptCheckIn | null;
  /** Photos that wait. */
  photos: number;
  /** Photos that the server would not take; none where it is not said. */
  refusedPhotos?: KeptPhoto[];
  isSending: boolean;
  obstacle: Obstacle;
  /** Whether something lies in the page alone. */
  inPageAlone: boolean;
  /** Whether what lay on the phone from before could not be read. */
  isUnread?: boolean;
}

/** What becomes of them. */
export interface Status {
  /** Of those that are not refused; empty where there is nothing to say. */
  state: 'sent' | 'sending' | 'signIn' | 'waits' | '';
  waiting: number;
  photos: number;
  refused: KeptCheckIn[];
  refusedPhotos: KeptPhoto[];
  /** Whether what waits goes with the page. */
  mustStay: boolean;
  /** Whether an earlier level may lie on the phone that is not shown. */
  isUnread: boolean;
}

/** What is to be said. A refusal is said of the answers that are shown, or of one at a time where none are (each is told by itself), until the clinic has been told; it hides the state of no others. */
export function statusOf({ kept, own, photos, refusedPhotos = [], isSending, obstacle, inPageAlone, isUnread = false }: Known): Status {
  const waiting = kept.filter((one) => !one.sent && !one.refused).length;
  const state = waiting + photos === 0 ? (own?.sent ? 'sent' : '') : isSending ? 'sending' : obstacle === 'signIn' ? 'signIn' : 'waits';
  const refused = kept.filter((one) => one.refused && !one.told && (own === null || one.id === own.id)).slice(0, 1);
  return { state, waiting, photos, refused, refusedPhotos, mustStay: inPageAlone && state !== '' && state !== 'sent', isUnread };
}

/** A typed temperature, with a comma or a point; null for none, NaN for what is no number. */
export function typedNumber(text: string): number | null {
  const trimmed = text.trim().replace(',', '.').replace(/\s*°?\s*[cC]?$/, '');
  return trimmed === '' ? null : /^\d{1,3}(\.\d{1,2})?$/.test(trimmed) ? Number(trimmed) : NaN;
}

/** Whether something is typed that is no answer. */
export function isSlip(question: Question, typed: string | undefined): boolean {
  const value = question.kind === 'number' && typed !== undefined ? typedNumber(typed) : null;
  return value !== null && !fits(question, value);
}
