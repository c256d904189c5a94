import type { Severity } from '../../evaluate/finding';
import type { Cause } from '../../snapshot/gap';
import type { Service, Snapshot } from '../../snapshot/snapshot';
import type { LaunchLack } from './launch-lack';
import { primaryIpv6Need } from './primary-ipv6-need';
import type { Asked } from './registering-services';

/** How badly hosts of a launch template need a primary IPv6 address: as badly as one of them does. */
export interface LaunchNeed {
  readonly severity: Severity;
  /** That need it, by ARN. */
  readonly services: readonly Service[];
}

/** A cause: it cannot be told. `undefined`: they do not. */
export function launchNeed(
  snapshot: Snapshot,
  { instances }: LaunchLack,
  asked: Asked,
): LaunchNeed | Cause | undefined {
  const answers = instances.map(({ id }) => primaryIpv6Need(snapshot, id, asked));
  const needs = answers.flatMap((answer) => (answer && 'severity' in answer ? [answer] : []));
  const services = [...new Set(needs.flatMap((need) => need.services))];
  if (services.length > 0) return { severity: 'critical', services: inOrder(services) };
  const cause = answers.find((answer) => answer && 'call' in answer);
  if (cause && 'call' in cause) return cause;
  return needs.length > 0 ? { severity: 'low', services } : undefined;
}

const inOrder = (services: readonly Service[]) => services.toSorted((left, right) => left.arn.localeCompare(right.arn));
