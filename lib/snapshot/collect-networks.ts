import { noteGaps } from './draft';
import { toSubnet, toVpc } from './ec2-shapes';
import { distinct } from './pick';
import { subnetIdOf } from './primary-interface';
import type { Session } from './session';

/** Subnets of tasks, services and instances: these say what is meant to be IPv6-only. */
export async function collectSubnets({ reads, draft }: Session): Promise<void> {
  const ids = distinct([
    ...[...draft.tasks.values()].map(({ subnetId }) => subnetId),
    ...[...draft.services.values()].flatMap(({ subnetIds }) => subnetIds),
    ...[...draft.instances.values()].map(subnetIdOf),
  ]);
  await collectSubnetsById({ reads, draft }, ids);
}

/** Subnets that the draft lacks. */
export async function collectSubnetsById(
  { reads, draft }: Pick<Session, 'reads' | 'draft'>,
  ids: readonly string[],
): Promise<void> {
  const read = await reads.ec2.describeSubnets(distinct(ids).filter((id) => !draft.subnets.has(id)));
  noteGaps(draft, 'subnets', read);
  for (const subnet of read.items.map(toSubnet)) draft.subnets.set(subnet.id, subnet);
}

/** VPCs of target groups: whether an address can belong to anyone there. */
export async function collectVpcs({ reads, draft }: Session, ids: readonly string[]): Promise<void> {
  const read = await reads.ec2.describeVpcs(ids.filter((id) => !draft.vpcs.has(id)));
  noteGaps(draft, 'vpcs', read);
  for (const vpc of read.items.map(toVpc)) draft.vpcs.set(vpc.id, vpc);
}
