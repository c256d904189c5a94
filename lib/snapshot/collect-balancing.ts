import pMap from 'p-map';
import { CONCURRENCY } from '../aws/read';
import { toGroupSettings, toLatticeTargetGroup, toLoadBalancer } from './balancing-shapes';
import { noteGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import type { Service, TargetGroup } from './snapshot';
import { targetGroupsOf } from './usage';

function judgedServices({ draft }: Session): readonly Service[] {
  return [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
}

/** Load balancers that forward to the target groups of judged services. */
async function collectLoadBalancers(session: Session): Promise<void> {
  const { reads, draft } = session;
  const groups = judgedServices(session)
    .flatMap(targetGroupsOf)
    .flatMap((arn) => draft.targetGroups.get(arn) ?? []);
  const wanted = distinct(groups.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  const read = await reads.elbv2.describeLoadBalancers(wanted);
  noteGaps(draft, 'loadBalancers', read);
  for (const balancer of read.items.map(toLoadBalancer)) draft.loadBalancers.set(balancer.arn, balancer);
}

/** Those of IPv6 groups behind Network Load Balancers, which alone may hand on the addresses of clients: a call each. */
async function collectGroupSettings(session: Session): Promise<void> {
  const { reads, draft, withSurroundings } = session;
  if (!withSurroundings) return;
  const isBehindNetwork = ({ ipAddressType, loadBalancerArns }: TargetGroup): boolean =>
    ipAddressType === 'ipv6' && loadBalancerArns.some((arn) => draft.loadBalancers.get(arn)?.type === 'network');
  const groups = judgedServices(session)
    .flatMap(targetGroupsOf)
    .flatMap((arn) => draft.targetGroups.get(arn) ?? []);
  await pMap(
    distinct(groups.filter(isBehindNetwork).map(({ arn }) => arn)),
    async (arn) => {
      const read = await reads.elbv2.describeTargetGroupAttributes(arn);
      const isRead = noteGaps(draft, 'targetGroupSettings', read) && read.missing.length === 0;
      if (isRead) draft.targetGroupSettings.set(arn, toGroupSettings(arn, read.items));
    },
    { concurrency: CONCURRENCY },
  );
}

/** Each costs a call, and the client is not there where only events are handled. */
async function collectLatticeGroups(session: Session): Promise<void> {
  const { reads, draft, withSurroundings } = session;
  if (!withSurroundings || !reads.lattice) return;
  const wanted = distinct(judgedServices(session).flatMap(({ latticeTargetGroupArns }) => latticeTargetGroupArns));
  const read = await reads.lattice.describeTargetGroups(wanted);
  noteGaps(draft, 'latticeTargetGroups', read);
  for (const arn of read.missing) draft.gone.add(arn);
  for (const group of read.items.map(toLatticeTargetGroup)) draft.latticeTargetGroups.set(group.arn, group);
}

/** What stands behind the target groups of services: read after them. */
export async function collectBalancing(session: Session): Promise<void> {
  await collectLoadBalancers(session);
  await collectGroupSettings(session);
  await collectLatticeGroups(session);
}
