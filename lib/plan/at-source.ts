import type { AutoScalingGroup } from '../snapshot/host-resources';
import { groupNameOf, templateOf } from '../snapshot/launched-by';
import type { Instance, Snapshot } from '../snapshot/snapshot';

const OR_ELSE = 'or its next instance comes without a primary IPv6 address';
const SET = 'set PrimaryIpv6 on the interface at device index 0';

/** Whether the template has been mended since; `undefined`: it was not read. */
function asks(snapshot: Snapshot, { templateId, version }: AutoScalingGroup['templates'][number]): boolean | undefined {
  return snapshot.launchTemplates.get(templateId)?.versions.get(version)?.primaryIpv6;
}

function inGroup(snapshot: Snapshot, group: AutoScalingGroup): string {
  const { name, launchConfiguration, templates } = group;
  if (launchConfiguration !== undefined) {
    return `launch configuration ${launchConfiguration} cannot ask for one: give Auto Scaling group ${name} a launch template that does, ${OR_ELSE}`;
  }
  const lacking = templates.filter((one) => asks(snapshot, one) !== true);
  if (lacking.length === 0) return `the launch template of Auto Scaling group ${name} asks for one by now`;
  const named = lacking.map(({ templateId, version }) => `${templateId} (version ${version})`).join(' and ');
  return `${SET} in launch template ${named} of Auto Scaling group ${name}, ${OR_ELSE}`;
}

/**
 * What has to change so that the next instance comes with the address. Sweeps read groups and templates; on an event the
 * tags of the instance tell which they are.
 */
export function atSource(snapshot: Snapshot, instance: Instance): string {
  const name = groupNameOf(instance);
  const group = name === undefined ? undefined : snapshot.autoScalingGroups.get(name);
  if (group) return inGroup(snapshot, group);
  const template = templateOf(instance);
  const owner = name === undefined ? '' : ` of Auto Scaling group ${name}`;
  if (template)
    return `${SET} in launch template ${template.id} (it was version ${template.version})${owner}, ${OR_ELSE}`;
  if (name !== undefined) return `${SET} in what Auto Scaling group ${name} launches from, ${OR_ELSE}`;
  return 'whatever launched the instance has to ask for one (EnablePrimaryIpv6 of RunInstances), or the next comes without';
}
