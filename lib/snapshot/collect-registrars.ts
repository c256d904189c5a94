import { keepServices, readAllServices } from './collect-services';
import { noteListGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import type { Service } from './snapshot';
import { targetGroupsOf, taskSetGroupsOf } from './usage';

const primaryGroups = ({ loadBalancers }: Service): readonly string[] =>
  distinct(loadBalancers.map(({ targetGroupArn }) => targetGroupArn));

const secondaryGroups = (service: Service): readonly string[] =>
  distinct([
    ...service.loadBalancers.map(({ alternateTargetGroupArn }) => alternateTargetGroupArn),
    ...taskSetGroupsOf(service),
  ]);

function add(users: Map<string, string[]>, group: string, user: string): void {
  const known = users.get(group);
  if (!known) users.set(group, [user]);
  else if (!known.includes(user)) known.push(user);
}

function addServices({ draft: { registrars } }: Session, services: readonly Service[]): void {
  for (const service of services) {
    for (const group of primaryGroups(service)) add(registrars.primary, group, service.arn);
    for (const group of secondaryGroups(service)) add(registrars.secondary, group, service.arn);
  }
}

async function addAutoScalingGroups({ reads, draft }: Session): Promise<void> {
  const read = await reads.autoScaling.listAutoScalingGroups();
  noteListGaps(draft, 'registrars', read);
  for (const { AutoScalingGroupName: name = '', TargetGroupARNs = [], TrafficSources = [] } of read.items) {
    const attached = [...TargetGroupARNs, ...TrafficSources.map(({ Identifier }) => Identifier)];
    for (const arn of distinct(attached)) add(draft.registrars.autoScalingGroups, arn, name);
  }
}

/** Who registers targets in the groups, over the whole account and region: every service and every Auto Scaling group. */
export async function collectRegistrars(session: Session, groups: ReadonlySet<string>): Promise<void> {
  const { draft } = session;
  const services = await readAllServices(session, 'registrars');
  // an unread cluster or service may be one more user
  const unread = draft.gaps.filter(({ collection }) => collection === 'clusters' || collection === 'services');
  draft.gaps.push(...unread.map((gap) => ({ ...gap, collection: 'registrars' as const, resources: [] })));
  addServices(session, services);
  keepServices(
    session,
    services.filter((service) => targetGroupsOf(service).some((arn) => groups.has(arn))),
  );
  await addAutoScalingGroups(session);
}
