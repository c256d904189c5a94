import type { WithheldReason } from '../apply/outcome';

/** Why an action may not be tried now. */
export interface Objection {
  readonly code: WithheldReason;
  readonly reason: string;
}
