import type { AutoScalingGroup, LaunchTemplate } from '../../snapshot/host-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import type { LaunchLack } from '../host/launch-lack';
import { awsCommand, quote } from './shell';

/**
 * Sets the flag on the first interface, and describes one where there is none: it then has to hold the security groups,
 * which may not stand beside interfaces.
 */
const WITH_PRIMARY_IPV6 = [
  '.NetworkInterfaces = ((.NetworkInterfaces // [{DeviceIndex: 0, Groups: .SecurityGroupIds}])',
  'map(if (.DeviceIndex // 0) == 0 then .PrimaryIpv6 = true else . end)',
  'map(with_entries(select(.value != null))))',
  'del(.SecurityGroupIds)',
].join(' | ');

const output = (query: string, format: string): readonly string[] => ['--query', query, '--output', format];

/** One version in the words of the API, interfaces and all (needs `jq`); nothing of it is written to a file. */
function changed({ region }: Snapshot, id: string, version: string): string {
  const named = ['--launch-template-id', id, '--versions', version];
  const shown = output('LaunchTemplateVersions[0].LaunchTemplateData', 'json');
  const read = awsCommand(region, 'ec2', 'describe-launch-template-versions', ...named, ...shown);
  return `"$(${read} | jq -c ${quote(WITH_PRIMARY_IPV6)})"`;
}

function createVersion(snapshot: Snapshot, id: string, version: string): string {
  const create = awsCommand(snapshot.region, 'ec2', 'create-launch-template-version', '--launch-template-id', id);
  return `${create} --launch-template-data ${changed(snapshot, id, version)}`;
}

/** The number of the version that was just made. */
function newest({ region }: Snapshot, id: string): string {
  const named = ['--launch-template-id', id, '--versions', '$Latest'];
  const shown = output('LaunchTemplateVersions[0].VersionNumber', 'text');
  return `$(${awsCommand(region, 'ec2', 'describe-launch-template-versions', ...named, ...shown)})`;
}

function pointDefault(snapshot: Snapshot, id: string): string {
  const modify = awsCommand(snapshot.region, 'ec2', 'modify-launch-template', '--launch-template-id', id);
  return `${modify} --default-version "${newest(snapshot, id)}"`;
}

function pointGroup({ region }: Snapshot, { name }: AutoScalingGroup, template: string): string {
  const update = awsCommand(region, 'autoscaling', 'update-auto-scaling-group', '--auto-scaling-group-name', name);
  return `${update} --launch-template "${template}"`;
}

function showGroup({ region }: Snapshot, { name }: AutoScalingGroup): string {
  return awsCommand(region, 'autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', name);
}

function showConfiguration({ region }: Snapshot, name: string): string {
  return awsCommand(region, 'autoscaling', 'describe-launch-configurations', '--launch-configuration-names', name);
}

/** Lets those who ask for a version in this way have the one that was just made. */
function pointTo(snapshot: Snapshot, wanted: string, { id, groups }: Pointed): readonly string[] {
  if (wanted === '$Latest') return [];
  if (wanted === '$Default') return [pointDefault(snapshot, id)];
  const fixed = groups.filter(({ templates }) =>
    templates.some((one) => one.templateId === id && one.version === wanted),
  );
  const template = `LaunchTemplateId=${id},Version=${newest(snapshot, id)}`;
  // a policy names more than templates, and would be lost
  return fixed.map((group) => (group.isMixed ? showGroup(snapshot, group) : pointGroup(snapshot, group, template)));
}

interface Pointed {
  /** Of the template. */
  readonly id: string;
  readonly groups: readonly AutoScalingGroup[];
}

/** Makes a version that asks for a primary IPv6 address of each one that lacks it, and lets the groups use it. */
export function renewTemplate(
  snapshot: Snapshot,
  { id, name, isConfiguration }: LaunchTemplate,
  { versions, groups }: LaunchLack,
): readonly string[] {
  if (isConfiguration) return [showConfiguration(snapshot, name)];
  const byNumber = new Map<number, string[]>();
  for (const [wanted, { number }] of versions) byNumber.set(number, [...(byNumber.get(number) ?? []), wanted]);
  return [...byNumber].flatMap(([number, wanted]) => [
    createVersion(snapshot, id, String(number)),
    ...wanted.flatMap((one) => pointTo(snapshot, one, { id, groups })),
  ]);
}
