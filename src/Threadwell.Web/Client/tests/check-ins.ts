// Check-ins for tests, and the words in which the table of cases tells them (tests/Threadwell.Care.Tests/Triage/cases.md).
import shipped from '../../../Threadwell.Care/Triage/triage.json';
import type { Answers, Level, TriageFile } from '../triage/file';
import type { CheckIn, TreatmentFacts } from '../triage/judge';
import type { PageFacts } from '../check-in/facts';

export const file = shipped as unknown as TriageFile;

const treatedAt = '2026-03-02T10:00:00+07:00';
const hour = 3_600_000;

export const facts: TreatmentFacts = { treatedAt, anaestheticAt: '2026-03-02T08:30:00+07:00', areas: ['jawline', 'nasolabial'], sides: 'both' };

/** A sheet on which all is well: every question answered, the temperature not measured. */
export const well: Answers = Object.fromEntries(
  file.questions
    .filter((question) => question.id !== 'note' && question.id !== 'temperature')
    .map((question): [string, Answers[string]] => [
      question.id,
      question.kind === 'choices' ? ['none'] : question.kind === 'choice' ? question.choices![0].id : question.kind === 'number' ? question.lowest! : 'no',
    ]),
);

/** The page of that treatment for whoever answers. */
export const page = (checkIns: PageFacts['course']['checkIns'] = [], standing: Level | null = null, teller = 'patient'): PageFacts => ({
  course: { treatmentId: 't', facts, calendar: null, contact: { phone: '0900 000 000', hospital: '', emergency: '115' }, standing, checkIns },
  keeps: true, teller, zone: 'Asia/Ho_Chi_Minh', rulebook: '', past: null, today: '',
});

/** One line of the table. */
export interface Case {
  history: CheckIn[];
  facts: TreatmentFacts;
  now: string;
  level: Level | null;
  rules: string[];
}

/** The lines of the table. */
export function lines(table: string): string[] {
  const all = table.split('\n');
  return all.slice(all.findIndex((line) => line.startsWith('|---')) + 1).filter((line) => line.startsWith('|'));
}

export function readCase(line: string): Case {
  const cells = line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  if (cells.length !== 7) throw new Error(`There are ${cells.length} cells in ${line}`);
  const [when, told, before, treatment, level, rules] = cells;
  const silent = when.startsWith('none@');
  const at = time(silent ? when.slice(5) : when);
  const history = before.split('/').filter(Boolean).map((earlier): CheckIn => {
    const colon = earlier.indexOf(':');
    return { answeredAt: time(earlier.slice(0, colon).trim()), answers: read(earlier.slice(colon + 1)) };
  });
  if (!silent) history.push({ answeredAt: at, answers: read(told) });
  return {
    history,
    facts: { ...facts, ...treatmentOf(treatment) },
    now: at !== null && Date.parse(at) >= Date.parse(treatedAt) ? at : time('day 5')!,
    level: level === 'none' ? null : (level as Level),
    rules: rules.split(' ').filter(Boolean),
  };
}

function read(told: string): Answers {
  const answers: Answers = { ...well };
  for (const [, id, quoted] of told.matchAll(/([\p{L}\p{N}_]+)=("[^"]*"|\S+)/gu)) {
    const value = quoted.replace(/^"|"$/g, '');
    const question = file.questions.find((one) => one.id === id);
    if (!question) throw new Error(`'${id}' is no question.`);
    if (value === '?') delete answers[id];
    else answers[id] = question.kind === 'choices' ? value.split('+') : question.kind === 'number' && value !== 'unknown' ? Number(value) : value;
    if (id === 'temperature') answers.temperatureTaken = 'yes';
  }
  return answers;
}

function time(when: string): string | null {
  if (when === 'unknown') return null;
  const at = when.startsWith('day ')
    ? Date.parse('2026-03-02T09:00:00+07:00') + Number(when.slice(4)) * 24 * hour
    : Date.parse(treatedAt) + Math.round(Number.parseFloat(when) * 3600) * 1000;
  return `${new Date(at + 7 * hour).toISOString().slice(0, 19)}+07:00`;
}

function treatmentOf(cell: string): Partial<TreatmentFacts> {
  const changed: Partial<TreatmentFacts> = {};
  for (const [name, value] of cell.split(' ').filter(Boolean).map((pair) => pair.split('='))) {
    const unknown = value === 'unknown';
    if (name === 'areas') changed.areas = unknown ? null : value.split('+');
    else if (name === 'sides') changed.sides = unknown ? null : (value as 'both' | 'one');
    else if (name === 'anaesthetic' && unknown) changed.anaestheticAt = null;
    else if (name === 'treated' && unknown) changed.treatedAt = null;
    else throw new Error(`'${name}=${value}' tells nothing of a treatment.`);
  }
  return changed;
}
