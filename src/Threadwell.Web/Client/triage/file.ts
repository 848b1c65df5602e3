// The file of check-ins and triage (Threadwell.Care/Triage/triage.json), as far as the phone needs it. The server has checked it.

/** One text in both languages. */
export interface Wording {
  en: string;
  vi: string;
}

/** A condition on answers; exactly one form is given (docs/formats/rules.md). */
export interface Condition {
  all?: Condition[];
  any?: Condition[];
  not?: Condition;
  named?: string;
  hoursFrom?: number;
  hoursUpTo?: number;
  since?: 'treatment' | 'anaesthetic';
  daysFrom?: number;
  treated?: string[];
  sides?: Sides[];
  question?: string;
  is?: string[];
  includes?: string[];
  atLeast?: number;
  below?: number;
  rises?: number;
  comparedFromHour?: number;
  first?: true;
  toldBefore?: string[];
  exceeds?: string;
  by?: number;
  mentions?: string[];
  mentionsEvenDenied?: string[];
}

export type Sides = 'both' | 'one';
export type Level = 'green' | 'amber' | 'red' | 'emergency';
export type Occasion = 'missedCheckIn' | 'blankSafety' | 'blank' | 'unknownTime';

export interface Question {
  id: string;
  group: string;
  kind: 'yesNo' | 'choice' | 'choices' | 'number' | 'text';
  text: Wording;
  help?: Wording;
  choices?: { id: string; text: Wording }[];
  askedWhen?: Condition;
  optional?: boolean;
  lowest?: number;
  highest?: number;
  unit?: string;
}

export interface TriageRule {
  id: string;
  level: Level;
  when?: Condition;
  on?: Occasion;
  says: Wording;
  does?: Wording;
}

export interface DeadlineStep {
  id: string;
  owner: string;
  text: Wording;
  minutes?: number;
  sameDay?: boolean;
  workingDays?: number;
  atMostHours?: number;
  atMostHoursUntilDay?: number;
  ifUnanswered?: boolean;
}

export interface ScheduledCheckIn {
  id: string;
  days?: number;
  months?: number;
  call?: boolean;
  text: Wording;
}

export interface Words {
  lists: Record<string, string[]>;
  denials: string[];
  fillers: string[];
}

export interface TriageFile {
  version: number;
  opening: Wording;
  clockToleranceMinutes: number;
  schedule: ScheduledCheckIn[];
  photos: { id: string; text: Wording }[];
  groups: { id: string; text: Wording }[];
  questions: Question[];
  words: Words;
  conditions: Record<string, Condition>;
  levels: { id: Level; title: Wording; does: Wording; steps: DeadlineStep[] }[];
  rules: TriageRule[];
}

/** Answers by question: a word, a number, a text, or several choices. What is missing was not answered. */
export type Answers = Record<string, string | number | string[]>;
