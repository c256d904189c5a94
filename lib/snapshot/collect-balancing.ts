import { toLoadBalancer } from './balancing-shapes';
import { noteGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import { targetGroupsOf } from './usage';

/** Load balancers that forward to the target groups of judged services. */
async function collectLoadBalancers({ reads, draft }: Session): Promise<void> {
  const services = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  const groups = services.flatMap(targetGroupsOf).flatMap((arn) => draft.targetGroups.get(arn) ?? []);
  const wanted = distinct(groups.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  const read = await reads.elbv2.describeLoadBalancers(wanted);
  noteGaps(draft, 'loadBalancers', read);
  for (const balancer of read.items.map(toLoadBalancer)) draft.loadBalancers.set(balancer.arn, balancer);
}

/** What stands behind the target groups: read after them. */
export async function collectBalancing(session: Session): Promise<void> {
  await collectLoadBalancers(session);
}
