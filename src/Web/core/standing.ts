import type { Asked } from './asking';

/** An answer older than this is stale, though nothing has failed: the page was hidden, or the machine asleep. */
export const ANSWER_AGE_MAX_MS = 120_000;

/** What may be claimed about an answer that is shown. */
export type Standing = 'asking' | 'fresh' | 'stale' | 'silent' | 'refused';

export function standing(asked: Asked<unknown>, now: number): Standing {
  if (asked.refusal !== null) return 'refused';
  if (asked.at === null) return asked.failures === 0 ? 'asking' : 'silent';
  return asked.failures > 0 || now - asked.at > ANSWER_AGE_MAX_MS ? 'stale' : 'fresh';
}
