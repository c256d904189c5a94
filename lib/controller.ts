import type { FindingStateChange } from './report/events';
import type { Retries } from './report/notify';
import type { Result, RunSettings } from './stages';
import type { Request } from './trigger/request';

/** The assembled controller of one account and region, as functions and the command line use it. */
export interface Controller {
  /** One pass; requests for instances that ECS does not know yet are put back on the queue, where there is one. */
  reconcile(requests: readonly Request[], settings: RunSettings): Promise<Result>;
  /** Tells people of changes; answers with those that must be delivered again. */
  notify(changes: readonly FindingStateChange[]): Promise<Retries>;
}
