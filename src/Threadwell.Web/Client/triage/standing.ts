// The level that stands, with the steps of Threadwell.Care/Triage/StandingLevel.cs: a level once shown is lowered only by a named clinician with a reason.
import type { Level } from './file';

/** A level that was shown; at in milliseconds since 1970. */
export interface ShownLevel {
  at: number;
  level: Level;
}

/** A clinician lowers a level. */
export interface LoweredLevel {
  at: number;
  to: Level;
  by: string;
  reason: string;
}

const order: Level[] = ['green', 'amber', 'red', 'emergency'];

/** The level that stands now; null where none was ever shown. */
export function standing(shown: ShownLevel[], lowered: LoweredLevel[]): Level | null {
  // At the same moment what was shown comes after the lowering: a doubt about the order lowers nothing.
  const events = [
    ...shown.map((one) => ({ at: one.at, shown: true, level: one.level })),
    ...lowered.filter((one) => one.by.trim() && one.reason.trim()).map((one) => ({ at: one.at, shown: false, level: one.to })),
  ].sort((one, other) => one.at - other.at || Number(one.shown) - Number(other.shown));
  let now: Level | null = null;
  for (const event of events) {
    const above = now === null || order.indexOf(event.level) > order.indexOf(now);
    if (event.shown ? above : now !== null && !above) now = event.level;
  }
  return now;
}
