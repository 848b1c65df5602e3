// Says on the phone how soon somebody must act on what a patient told, with the steps of Threadwell.Care/Triage/TriageEngine.cs and by the same file of rules.
// The clinic judges again when the answers arrive, and its deadlines count from there.
import { evaluate, isAnswered, isAsked, known, unknownTime, type Course, type Elapsed, type OtherAnswers } from './conditions';
import type { Answers, DeadlineStep, Level, Occasion, Sides, TriageFile, TriageRule, Wording } from './file';

/** What a patient answered at one time, an ISO time with its offset; null where it is not known. */
export interface CheckIn {
  answeredAt: string | null;
  answers: Answers;
}

/** What is known of the treatment; null raises where it matters. */
export interface TreatmentFacts {
  treatedAt: string | null;
  anaestheticAt: string | null;
  areas: string[] | null;
  sides: Sides | null;
}

/** When the clinic answers: days of the week (1 Monday to 7 Sunday), days on which it is closed all the same, and when it closes ("17:30"). */
export interface ClinicCalendar {
  workingDays: number[];
  closed: string[];
  closesAt: string;
}

/** What triage says: the level (null: nothing told, nothing missed), the day, the rules that hold, open questions, the missed check-in, deadlines in milliseconds since 1970. */
export interface TriageResult {
  level: Level | null;
  day: number | null;
  reasons: TriageRule[];
  /** What the patient does now: what the level says, then what reasons add, each once. {phone} and the like are put in by who shows it. */
  does: Wording[];
  ask: string[];
  missed: string | null;
  deadlines: { step: DeadlineStep; due: number }[];
}

interface Told {
  answers: Answers;
  at: number | null;
}

const order: Level[] = ['green', 'amber', 'red', 'emergency'];
const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;
const firstWeek = 7;
const longestClosed = 60;

/** Judges a course at a time (an ISO time with its offset). */
export function judge(file: TriageFile, history: CheckIn[], facts: TreatmentFacts, now: string, calendar: ClinicCalendar | null = null): TriageResult {
  const moment = instant(now);
  const clock = new Clock(file, facts, moment, offset(now));
  const told: Told[] = history.map((checkIn) => ({ answers: checkIn.answers, at: clock.timeOf(checkIn) }));
  const times = told.flatMap((one) => one.at ?? []);
  const latest = times.length > 0 ? Math.max(...times) : null;
  const current = told.filter((one) => one.at === null || one.at === latest);
  const holding = new Set<string>();
  const open = new Set<string>();
  for (const one of current) {
    const course = courseOf(file, facts, clock, one, told);
    for (const rule of file.rules) if (rule.when && evaluate(rule.when, course) === true) holding.add(rule.id);
    for (const question of file.questions) {
      if (!question.optional && !isAnswered(one.answers, question) && isAsked(question, course) === true) open.add(question.id);
    }
  }

  const ask = file.questions.filter((question) => open.has(question.id));
  const occasions = new Set<Occasion>(ask.map((question) => (question.group === 'safety' ? 'blankSafety' : 'blank')));
  const missed = clock.missed(times);
  if (missed !== null) occasions.add('missedCheckIn');
  if (clock.treated === null || current.some((one) => one.at === null)) occasions.add('unknownTime');
  const reasons = file.rules
    .filter((rule) => (rule.on ? occasions.has(rule.on) : holding.has(rule.id)))
    .sort((one, other) => order.indexOf(other.level) - order.indexOf(one.level));
  const added = reasons.flatMap((rule) => rule.does ?? []);
  const level = reasons.length > 0 ? reasons[0].level : current.length > 0 ? 'green' : null;
  return {
    level,
    day: current.length === 0 ? clock.dayOf(moment) : latest === null ? null : clock.dayOf(latest),
    reasons,
    does: level === null ? [] : [file.levels.find((rule) => rule.id === level)!.does, ...added.filter((text, index) => added.findIndex((other) => other.en === text.en && other.vi === text.vi) === index)],
    ask: ask.map((question) => question.id),
    missed,
    deadlines: level === null ? [] : clock.deadlines(file.levels.find((rule) => rule.id === level)!.steps, calendar),
  };
}

/** Ids of the questions that are asked of what somebody answers now, with what she has answered so far. */
export function asked(file: TriageFile, history: CheckIn[], facts: TreatmentFacts, now: string, answers: Answers): string[] {
  const clock = new Clock(file, facts, instant(now), offset(now));
  const told: Told[] = [...history, { answeredAt: now, answers }].map((checkIn) => ({ answers: checkIn.answers, at: clock.timeOf(checkIn) }));
  const course = courseOf(file, facts, clock, told.at(-1)!, told);
  return file.questions.filter((question) => isAsked(question, course) === true).map((question) => question.id);
}

/** Calendar days since the treatment; null where it is not known. */
export function dayOf(file: TriageFile, facts: TreatmentFacts, now: string): number | null {
  const moment = instant(now);
  return new Clock(file, facts, moment, offset(now)).dayOf(moment);
}

function courseOf(file: TriageFile, facts: TreatmentFacts, clock: Clock, one: Told, told: Told[]): Course {
  const day = one.at === null ? null : clock.dayOf(one.at);
  return {
    file,
    answers: one.answers,
    at: one.at,
    sinceTreatment: one.at !== null && clock.treated !== null ? known((one.at - clock.treated) / hour) : unknownTime,
    sinceAnaesthetic: clock.sinceAnaesthetic(one.at),
    days: day === null ? unknownTime : known(day),
    areas: facts.areas,
    sides: facts.sides,
    others: told.filter((other) => other !== one).map((other): OtherAnswers => ({ answers: other.answers, at: other.at, sinceAnaesthetic: clock.sinceAnaesthetic(other.at) })),
  };
}

/** Times of a course, in milliseconds since 1970; days are counted by the clinic's calendar, at the offset of the treatment. */
class Clock {
  /** When the treatment ended; null where it is not known, or seems still to come. */
  readonly treated: number | null;
  private readonly offset: number;

  constructor(
    private readonly file: TriageFile,
    private readonly facts: TreatmentFacts,
    private readonly now: number,
    offsetNow: number,
  ) {
    const treated = facts.treatedAt === null ? null : instant(facts.treatedAt);
    this.treated = treated !== null && treated <= now ? treated : null;
    this.offset = this.treated === null ? offsetNow : offset(facts.treatedAt!);
  }

  // Answers from before the treatment or from the time to come have a wrong time: theirs or the treatment's.
  timeOf(checkIn: CheckIn): number | null {
    if (checkIn.answeredAt === null) return null;
    const at = instant(checkIn.answeredAt);
    return at <= this.now + this.file.clockToleranceMinutes * minute && !(this.treated !== null && this.treated > at) ? at : null;
  }

  sinceAnaesthetic(at: number | null): Elapsed {
    if (at === null) return unknownTime;
    if (this.facts.anaestheticAt !== null) {
      const injected = instant(this.facts.anaestheticAt);
      return injected <= at && !(this.treated !== null && injected > this.treated) ? known((at - injected) / hour) : unknownTime;
    }
    // The anaesthetic came before the treatment's end, nobody knows by how much.
    return this.treated === null ? unknownTime : { least: (at - this.treated) / hour, most: Infinity };
  }

  dayOf(at: number): number | null {
    return this.treated === null ? null : this.dayNumber(at) - this.dayNumber(this.treated);
  }

  /** The last check-in of the first week whose day is over, if no answers have come since that day began. */
  missed(answered: number[]): string | null {
    const today = this.dayOf(this.now);
    if (today === null) return null;
    const over = this.file.schedule.filter((item) => item.days !== undefined && item.days <= firstWeek && !item.call && item.days < today).sort((one, other) => one.days! - other.days!);
    const last = over.at(-1);
    return last === undefined || answered.some((at) => this.dayOf(at)! >= last.days!) ? null : last.id;
  }

  deadlines(steps: DeadlineStep[], calendar: ClinicCalendar | null): { step: DeadlineStep; due: number }[] {
    return steps.map((step) => ({ step, due: this.due(step, steps, calendar) }));
  }

  private due(step: DeadlineStep, steps: DeadlineStep[], calendar: ClinicCalendar | null): number {
    if (step.minutes !== undefined) return this.now + step.minutes * minute;
    if (step.sameDay) {
      // Late in the evening the day ends before the steps on the way.
      const midnight = this.startOf(this.dayNumber(this.now) + 1);
      return Math.max(midnight, this.now + Math.max(...steps.map((other) => other.minutes ?? 0)) * minute);
    }
    const due = (calendar && this.after(step.workingDays!, calendar)) ?? this.now + dayLength;
    const today = this.dayOf(this.now);
    const early = today === null || (step.atMostHoursUntilDay !== undefined && today <= step.atMostHoursUntilDay);
    return early && step.atMostHours !== undefined ? Math.min(due, this.now + step.atMostHours * hour) : due;
  }

  // The same time of day, at the latest when the clinic closes, so many working days on.
  private after(days: number, calendar: ClinicCalendar): number | null {
    const today = this.dayNumber(this.now);
    const [hours, minutes] = calendar.closesAt.split(':').map(Number);
    const timeOfDay = Math.min(this.now - this.startOf(today), hours * hour + minutes * minute);
    let left = days;
    for (let day = today + 1; day <= today + longestClosed; day++) {
      // Day 0, 1 January 1970, was a Thursday.
      const weekday = ((day + 3) % 7) + 1;
      const date = new Date(day * dayLength).toISOString().slice(0, 10);
      if (calendar.workingDays.includes(weekday) && !calendar.closed.includes(date) && --left === 0) return this.startOf(day) + timeOfDay;
    }
    return null;
  }

  private dayNumber(at: number): number {
    return Math.floor((at + this.offset) / dayLength);
  }

  private startOf(day: number): number {
    return day * dayLength - this.offset;
  }
}

function instant(time: string): number {
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw new Error(`'${time}' is no time.`);
  return at;
}

// How far a time's clock is ahead of UTC, milliseconds.
function offset(time: string): number {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(time);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * hour + Number(found[3]) * minute);
}
