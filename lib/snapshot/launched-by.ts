/** Who launched an instance: Auto Scaling and EC2 say so in tags that nobody else can write. */
import { groupedBy, indexed } from './indexed';
import type { AutoScalingGroup, LaunchTemplate } from './host-resources';
import type { Instance, Snapshot } from './snapshot';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html */
const GROUP_TAG = 'aws:autoscaling:groupName';
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html */
const TEMPLATE_TAG = 'aws:ec2launchtemplate:id';
const VERSION_TAG = 'aws:ec2launchtemplate:version';

/** Name of the Auto Scaling group that the instance belongs to. */
export function groupNameOf({ tags }: Instance): string | undefined {
  return tags[GROUP_TAG];
}

/** What it was launched from, where that was a template. */
export function templateOf({ tags }: Instance): { readonly id: string; readonly version: string } | undefined {
  const { [TEMPLATE_TAG]: id, [VERSION_TAG]: version } = tags;
  return id === undefined || version === undefined ? undefined : { id, version };
}

/** The same for instances that one group launched from one version of a template: they started with the same user data. */
export function launchKeyOf({ id, tags }: Instance): string {
  const parts = [GROUP_TAG, TEMPLATE_TAG, VERSION_TAG].map((tag) => tags[tag]);
  return parts.every((part) => part !== undefined) ? parts.join(' ') : id;
}

/** Ids, as in `LaunchTemplate.id`, of what the group launches from. */
function launchSourcesOf({ arn, templates, launchConfiguration }: AutoScalingGroup): readonly string[] {
  return launchConfiguration === undefined ? [...new Set(templates.map(({ templateId }) => templateId))] : [arn];
}

const groupsBySource = indexed((snapshot) => {
  const groups = [...snapshot.autoScalingGroups.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return groupedBy(groups, launchSourcesOf);
});

/** Groups that launch from it, by name. */
export function groupsOf(snapshot: Snapshot, { id }: LaunchTemplate): readonly AutoScalingGroup[] {
  return groupsBySource(snapshot).get(id) ?? [];
}

const instancesByGroup = indexed((snapshot) => {
  const instances = [...snapshot.instances.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  return groupedBy(instances, groupNameOf);
});

/** Instances of the groups, by id. */
export function instancesOfGroups(snapshot: Snapshot, groups: readonly AutoScalingGroup[]): readonly Instance[] {
  return groups.flatMap(({ name }) => instancesByGroup(snapshot).get(name) ?? []);
}

/** Instances of the groups that launch from it. */
export function instancesOf(snapshot: Snapshot, template: LaunchTemplate): readonly Instance[] {
  return instancesOfGroups(snapshot, groupsOf(snapshot, template));
}
