/** What an event leads to, and what is known of the place where it is read. */
import type { Request } from './request';

/** Resources to look at, or why the event asks for nothing. */
export type Trigger = { readonly requests: readonly Request[] } | { readonly reason: string };

export interface TriggerSettings {
  /** Account and region of events that do not say where they come from. */
  readonly account?: string;
  readonly region?: string;
  /** ARNs of the controller's own roles: what they changed needs no second look. */
  readonly ownRoleArns?: readonly string[];
  /** SSM path below which policy and kill switch lie; a change there calls for a look at everything. */
  readonly parameterPath?: string;
}

/** Path of policy and kill switch unless the deployment says otherwise. */
export const DEFAULT_PARAMETER_PATH = '/ecs-ipv6/';

export const UNPLACED = 'the event does not say which account and region it comes from';

export const nothing = (reason: string): Trigger => ({ reason });

/** One trigger out of many: all requests; if none of them has any, all reasons. */
export function mergeTriggers(triggers: readonly Trigger[]): Trigger {
  const requests = triggers.flatMap((trigger) => ('requests' in trigger ? trigger.requests : []));
  if (requests.length > 0) return { requests };
  const reasons = new Set(triggers.flatMap((trigger) => ('reason' in trigger ? [trigger.reason] : [])));
  return nothing([...reasons].join('; '));
}
