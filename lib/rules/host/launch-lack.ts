import type { AutoScalingGroup, LaunchTemplate, TemplateVersion } from '../../snapshot/host-resources';
import { groupsOf, instancesOfGroups } from '../../snapshot/launched-by';
import type { Instance, Snapshot } from '../../snapshot/snapshot';
import { listed } from '../wording/counted';

/** Where a launch template gives no primary IPv6 address. */
export interface LaunchLack {
  /** By what groups ask for: `$Default`, `$Latest`, a number. */
  readonly versions: readonly (readonly [wanted: string, version: TemplateVersion])[];
  /** Groups that launch from one of them, by name. */
  readonly groups: readonly AutoScalingGroup[];
  /** Their instances. */
  readonly instances: readonly Instance[];
  /** What is missing where, in words. */
  readonly what: string;
}

function inWords({ name, isConfiguration }: LaunchTemplate, versions: LaunchLack['versions']): string {
  if (isConfiguration) return `its launch configuration ${name} cannot ask for one, only a launch template can`;
  const distinct = new Map(versions.map(([, version]) => [version.number, version]));
  const parts = [...distinct.values()].map(({ number, hasPrimaryInterface }) => {
    const lacks = hasPrimaryInterface
      ? 'does not set PrimaryIpv6'
      : 'describes no interface on which to set PrimaryIpv6';
    return `version ${String(number)} ${lacks}`;
  });
  return `of the launch template ${name}, ${listed(parts)}`;
}

/** `undefined`: every version that groups launch from gives one. */
export function lackIn(snapshot: Snapshot, template: LaunchTemplate): LaunchLack | undefined {
  const { id, isConfiguration } = template;
  const versions = [...template.versions].filter(([, { primaryIpv6 }]) => !primaryIpv6);
  const lacking = new Set(versions.map(([wanted]) => wanted));
  const groups = groupsOf(snapshot, template).filter(
    ({ templates }) => isConfiguration || templates.some((one) => one.templateId === id && lacking.has(one.version)),
  );
  if (groups.length === 0) return undefined;
  return { versions, groups, instances: instancesOfGroups(snapshot, groups), what: inWords(template, versions) };
}
