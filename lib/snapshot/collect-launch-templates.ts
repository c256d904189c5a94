import { collectSubnetsById } from './collect-networks';
import { judge, noteGaps, toSnapshot } from './draft';
import { emptyGroupsIn } from './empty-groups';
import type { TemplateReference } from './host-resources';
import { toAutoScalingGroup, toCapacityProvider, toConfiguration, toLaunchTemplate } from './host-shapes';
import { groupedBy } from './indexed';
import { groupNameOf } from './launched-by';
import { distinct } from './pick';
import type { Session } from './session';

/** Their capacity is Fargate's: no host of the account's. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
const ofFargate = (provider: string): boolean => provider === 'FARGATE' || provider === 'FARGATE_SPOT';

/** Of clusters that are read as a whole: of others it is not known whether their groups have hosts. */
async function collectCapacityProviders({ reads, draft }: Session): Promise<void> {
  const clusters = [...(draft.judged.get('cluster') ?? [])].flatMap((arn) => draft.clusters.get(arn) ?? []);
  const names = distinct(clusters.flatMap(({ capacityProviders }) => capacityProviders));
  const read = await reads.ecs.describeCapacityProviders(names.filter((name) => !ofFargate(name)));
  noteGaps(draft, 'capacityProviders', read);
  for (const provider of read.items.map(toCapacityProvider)) draft.capacityProviders.set(provider.name, provider);
}

/** The groups that launched judged instances, and those that are to launch some. */
async function collectGroups({ reads, draft }: Session): Promise<void> {
  const judged = [...(draft.judged.get('instance') ?? [])].flatMap((id) => draft.instances.get(id) ?? []);
  const behindProviders = [...draft.capacityProviders.values()].map(({ autoScalingGroup }) => autoScalingGroup);
  const names = distinct([...judged.map(groupNameOf), ...behindProviders]);
  const read = await reads.autoScaling.describeAutoScalingGroups(names);
  noteGaps(draft, 'autoScalingGroups', read);
  for (const group of read.items.map(toAutoScalingGroup)) draft.autoScalingGroups.set(group.name, group);
}

/** Where hosts of groups that have none yet will stand. */
async function collectSubnetsOfEmptyGroups(session: Session): Promise<void> {
  const { draft } = session;
  const empty = emptyGroupsIn(toSnapshot(draft), [...draft.autoScalingGroups.values()]);
  await collectSubnetsById(
    session,
    empty.flatMap(({ group }) => group.subnetIds),
  );
}

function wantedVersions(references: readonly TemplateReference[], id: string): readonly string[] {
  return references.filter(({ templateId }) => templateId === id).map(({ version }) => version);
}

/** What the groups of judged instances and clusters launch from, in the versions that they really use. */
export async function collectLaunchTemplates(session: Session): Promise<void> {
  const { reads, draft, withSurroundings } = session;
  if (!withSurroundings) return;
  await collectCapacityProviders(session);
  await collectGroups(session);
  await collectSubnetsOfEmptyGroups(session);
  const groups = [...draft.autoScalingGroups.values()];
  const references = groups.flatMap(({ templates }) => templates);
  const read = await reads.hosts.describeTemplateVersions(references);
  noteGaps(draft, 'launchTemplates', read);
  const byTemplate = groupedBy(read.items, ({ LaunchTemplateId = '' }) => LaunchTemplateId);
  const templates = [...byTemplate].map(([id, versions]) =>
    toLaunchTemplate(versions, wantedVersions(references, id), draft.place),
  );
  const configurations = groups.filter(({ launchConfiguration }) => launchConfiguration !== undefined);
  for (const one of [...templates, ...configurations.map(toConfiguration)]) {
    draft.launchTemplates.set(one.id, one);
    judge(draft, 'launch-template', one.id);
  }
}
