import { toLatticeTargetGroup, toLoadBalancer } from './balancing-shapes';
import { noteGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import type { Service } from './snapshot';
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
  await collectLatticeGroups(session);
}
