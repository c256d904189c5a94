import type { DisableExecAction } from '../plan/action';
import type { Snapshot } from '../snapshot/snapshot';
import type { Objection } from './objection';
import { whyUnsteady } from './steady-service';

/** A service that is on its way somewhere else is left alone until it is at rest. */
export function execObjection({ resource, serviceName }: DisableExecAction, snapshot: Snapshot): Objection | undefined {
  const service = snapshot.services.get(resource);
  const isActive = service?.status === 'ACTIVE';
  const reason = isActive ? whyUnsteady(service) : `${serviceName} is not active`;
  return reason === undefined ? undefined : { code: 'unmet-condition', reason };
}
