import { judge, noteGaps } from './draft';
import type { TemplateReference } from './host-resources';
import { toAutoScalingGroup, toConfiguration, toLaunchTemplate } from './host-shapes';
import { groupedBy } from './indexed';
import { groupNameOf } from './launched-by';
import { distinct } from './pick';
import type { Session } from './session';

/** The groups that launched judged instances. */
async function collectGroups({ reads, draft }: Session): Promise<void> {
  const judged = [...(draft.judged.get('instance') ?? [])].flatMap((id) => draft.instances.get(id) ?? []);
  const names = distinct(judged.map(groupNameOf));
  const read = await reads.autoScaling.describeAutoScalingGroups(names);
  noteGaps(draft, 'autoScalingGroups', read);
  for (const group of read.items.map(toAutoScalingGroup)) draft.autoScalingGroups.set(group.name, group);
}

function wantedVersions(references: readonly TemplateReference[], id: string): readonly string[] {
  return references.filter(({ templateId }) => templateId === id).map(({ version }) => version);
}

/** What judged instances' groups launch from, in the versions that they really use. */
export async function collectLaunchTemplates(session: Session): Promise<void> {
  const { reads, draft, withSurroundings } = session;
  if (!withSurroundings) return;
  await collectGroups(session);
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
