// What the page of a check-in knows from the server, so that it works on without a line: the course as GET /api/treatments/{id}/check-ins tells it, and what the page adds.
import type { Answers, Level, TriageFile } from '../triage/file';
import type { ClinicCalendar, TreatmentFacts } from '../triage/judge';

/** A check-in that the server has. */
export interface PastCheckIn {
  id: string;
  scheduledId: string;
  answeredAt: string | null;
  /** When it arrived, by the clinic's clock. */
  arrivedAt: string;
  answers: Answers;
  /** The level that the patient was shown. */
  shown: Level;
}

export interface PageFacts {
  course: {
    treatmentId: string;
    facts: TreatmentFacts;
    calendar: ClinicCalendar | null;
    /** Numbers as they are read; empty where the clinic has set none. */
    contact: { phone: string; hospital: string; emergency: string };
    /** The level that stands; null where none was ever shown. */
    standing: Level | null;
    checkIns: PastCheckIn[];
  };
  /** Whether answers and page may lie on this device: not on the clinic's own computers. */
  keeps: boolean;
  /** Who answers: "patient", the key of a relative, or "clinic". What is half answered is shown to that person alone. */
  teller: string;
  /** The clinic's time zone, in which times are told. */
  zone: string;
  /** Address of the questions and rules. */
  rulebook: string;
  /** Where the patient's check-ins are listed; null where whoever asks may not read them. */
  past: string | null;
  /** The page of today. */
  today: string;
}

/** Questions and rules; null where they cannot be loaded. */
export async function questionsAndRules(address: string): Promise<TriageFile | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as TriageFile) : null;
  } catch {
    return null;
  }
}
