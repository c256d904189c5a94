import type { Selection } from './chance';

export const callFaults = ['throttle', 'error', 'timeout', 'reset', 'partial', 'kill'] as const;
export type CallFault = (typeof callFaults)[number];

/** Whether the call has done its work by the time it fails. */
export const moments = ['before', 'after'] as const;
export type Moment = (typeof moments)[number];

export const errorStatuses = [500, 503] as const;
export type ErrorStatus = (typeof errorStatuses)[number];

/**
 * What befalls some calls. `throttle`: the service's throttling error; `error`: its error of status 500 or 503;
 * `timeout`: no answer ever; `reset`: the connection is torn down; `partial`: some entries of a batch fail; `kill`: the
 * process of the function that calls is killed (calls of others are left alone).
 */
export interface CallRule extends Selection {
  /** `service:Operation` as IAM spells the service, with `*` and `?`. */
  readonly match: string;
  /** Pattern of the caller's ARN; everyone if absent. */
  readonly caller?: string | undefined;
  readonly fault: CallFault;
  /** Of error, timeout, reset and kill; `before` if absent. */
  readonly when?: Moment | undefined;
  /** Of error; 500 if absent. */
  readonly status?: ErrorStatus | undefined;
  /** Of partial: how many entries of the batch fail, from its first; 1 if absent. */
  readonly items?: number | undefined;
  /** Of partial: the reason or code that the answer gives; the operation's usual one if absent. */
  readonly reason?: string | undefined;
}
