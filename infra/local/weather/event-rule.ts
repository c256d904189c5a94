import type { Selection } from './chance';

export const eventFaults = ['duplicate', 'delay', 'disorder', 'loss', 'failure'] as const;
export type EventFault = (typeof eventFaults)[number];

/**
 * What befalls some deliveries of events to the targets of rules. `duplicate`: it comes twice; `delay`: late;
 * `disorder`: late by chance, so that later events overtake it; `loss`: never; `failure`: the target is out of order
 * and EventBridge tries again.
 */
export interface EventRule extends Selection {
  /** Pattern of the event's source, with `*` and `?`; any if absent. */
  readonly source?: string | undefined;
  /** Pattern of its detail type; any if absent. */
  readonly detailType?: string | undefined;
  readonly fault: EventFault;
  /** Of delay: how late; of disorder: at most. 30 if absent. */
  readonly seconds?: number | undefined;
}
