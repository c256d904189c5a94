import type { Severity } from '../../evaluate/finding';
import { emptyGroupsIn, type EmptyGroup } from '../../snapshot/empty-groups';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { Service, Snapshot } from '../../snapshot/snapshot';
import type { LaunchLack } from './launch-lack';
import { firstGap } from '../evidence/first-gap';
import { primaryIpv6Need, unseenNeed } from './primary-ipv6-need';
import { placeableIn, type Asked } from './registering-services';

/** How badly hosts of a launch template need a primary IPv6 address: as badly as one of them does. */
export interface LaunchNeed {
  readonly severity: Severity;
  /** That need it, by ARN. */
  readonly services: readonly Service[];
}

/** ECS asks the group for hosts for those who name its provider; whoever names none is placed wherever there is room. */
function isServedBy({ capacityProviders }: Service, { provider }: EmptyGroup): boolean {
  return capacityProviders.length === 0 || capacityProviders.includes(provider);
}

/** Of hosts that are still to come. */
function needOfEmptyGroup(
  snapshot: Snapshot,
  empty: EmptyGroup,
  asked: Asked,
): Pick<LaunchNeed, 'services'> | Cause | undefined {
  // its hosts may be among those that were not read
  const unseenHosts = firstGap(snapshot, ['containerInstances', 'instances']);
  if (unseenHosts) return unseenHosts;
  const services = placeableIn(snapshot, empty.clusterArn, asked).filter((service) => isServedBy(service, empty));
  if (services.length > 0) return { services };
  const unseen = unseenNeed(snapshot, asked);
  return unseen || asked.posture === 'dual-stack' ? unseen : { services };
}

/** A cause: it cannot be told. `undefined`: they do not. */
export function launchNeed(
  snapshot: Snapshot,
  { instances, groups }: LaunchLack,
  asked: Asked,
): LaunchNeed | Cause | undefined {
  const answers = [
    ...instances.map(({ id }) => primaryIpv6Need(snapshot, id, asked)),
    ...emptyGroupsIn(snapshot, groups).map((empty) => needOfEmptyGroup(snapshot, empty, asked)),
  ];
  const needs = answers.flatMap((answer) => (answer && 'services' in answer ? [answer] : []));
  const services = [...new Set(needs.flatMap((need) => need.services))];
  if (services.length > 0) return { severity: 'critical', services: inOrder(services) };
  const cause = answers.find((answer) => answer && 'call' in answer);
  if (cause && 'call' in cause) return cause;
  // groups without hosts are known by their providers alone
  return needs.length > 0 ? { severity: 'low', services } : gapFor(snapshot, 'capacityProviders');
}

const inOrder = (services: readonly Service[]) => services.toSorted((left, right) => left.arn.localeCompare(right.arn));
