import { capital } from './thread-list';
import type { PlanDraft, ZoneWarning } from './types';

// "Facial artery, left: L2, L3: reason (E-139, A-276).": the form in which a standard plan carries the zones that its threads meet.
const OF_A_ZONE = /^.+: [A-Z]\d+(?:, [A-Z]\d+)*: .+ \((?:[EA]-\d+)(?:, [EA]-\d+)*\)\.$/;

/** The draft with the warnings of zones that its threads meet now in place of those they met before; the same draft where nothing changes. */
export function withZoneWarnings(draft: PlanDraft, warnings: readonly ZoneWarning[]): PlanDraft {
  const together = new Map<string, { warning: ZoneWarning; ids: string[] }>();
  for (const warning of warnings) {
    const key = `${warning.structure}\n${warning.reason}\n${warning.source}`;
    const known = together.get(key);
    if (known) known.ids.push(warning.threadId);
    else together.set(key, { warning, ids: [warning.threadId] });
  }
  const of = [...together.values()].map(({ warning, ids }) => `${capital(warning.structure)}: ${ids.join(', ')}: ${warning.reason} (${warning.source}).`);
  const next = [...draft.warnings.filter((sentence) => !OF_A_ZONE.test(sentence)), ...of];
  return next.length === draft.warnings.length && next.every((sentence, index) => sentence === draft.warnings[index]) ? draft : { ...draft, warnings: next };
}
