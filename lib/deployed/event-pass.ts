import { createController } from '../composition';
import { reconcileMessages, type Worked } from '../messages';
import type { TriggerSettings } from '../trigger/trigger';
import type { Early } from './deploy';

export type EventPass = (
  bodies: readonly string[],
  settings: TriggerSettings & { readonly requestId?: string },
) => Promise<Worked>;

/** A pass over what events name. */
export function eventPass(early: Early): EventPass {
  const controller = createController(early);
  return (bodies, settings) => reconcileMessages(bodies, settings, controller);
}
