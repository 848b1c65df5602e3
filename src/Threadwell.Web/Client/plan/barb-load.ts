// Which threads load their barbs more than a proposed plan may.
import type { PreviewThread } from './preview';

/** The threads of which a barb slips, or carries more than a share of what it holds. */
export function overloaded(threads: readonly Pick<PreviewThread, 'id' | 'barbs'>[], limit: number): string[] {
  return threads.filter(({ barbs }) => barbs.some(({ loadN, marginN, slipped }) => slipped || Math.abs(loadN) > limit * (Math.abs(loadN) + marginN))).map(({ id }) => id);
}
