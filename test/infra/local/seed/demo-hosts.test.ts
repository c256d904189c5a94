import { expect, it } from '@jest/globals';
import { hostsPart } from '../../../../infra/local/seed/demo/hosts';
import type { Finding } from '../../../../lib/evaluate/finding';
import type { Snapshot } from '../../../../lib/snapshot/snapshot';
import { auditParts } from '../../../support/audit-parts';

/** Rule to whose fault it is: the name of a host, and a part of the message. */
const faults: Readonly<Record<string, string>> = {
  'instance-ami-not-ecs-optimized': 'kiln: ',
  'instance-ip-compatibility-mismatch': 'press: ',
  'instance-launch-template-without-primary-ipv6': 'welders: New hosts of welders get no primary IPv6 address',
  'instance-os-unsupported': 'till: ',
  'instance-type-without-ipv6': 'crane: ',
};

/** The host or template that a finding is about, and its message. */
function blamed({ instances, containerInstances, launchTemplates }: Snapshot, finding: Finding): string {
  const { resource, message } = finding;
  const id = containerInstances.get(resource)?.ec2InstanceId ?? resource.slice(resource.lastIndexOf('/') + 1);
  const name = instances.get(id)?.tags['Name'] ?? launchTemplates.get(id)?.name;
  return `${String(name)}: ${message}`;
}

/** In pairs: the one that is wrong, and one that does the same right. */
const hosts = [
  ...['press', 'lathe', 'kiln', 'oven', 'crane', 'hoist', 'till', 'scale'],
  // named by their Auto Scaling group
  ...['welders', 'painters'],
];

it('has each fault of hosts once, and no other', async () => {
  const audits = await auditParts(hostsPart);
  expect(audits.flatMap(({ snapshot }) => snapshot.gaps)).toEqual([]);
  const found = audits.flatMap(({ snapshot, findings }) =>
    findings.map((finding) => [finding.status, finding.rule, blamed(snapshot, finding)]),
  );
  const open = Object.entries(faults).map(([rule, text]) => ['open', rule, expect.stringContaining(text)]);
  const exempt = ['exempt', 'network-mode-not-awsvpc', expect.stringContaining('gauge:1 uses network mode bridge')];
  expect(found.sort()).toEqual([exempt, ...open]);
  const names = audits.flatMap(({ snapshot: { containerInstances, instances } }) =>
    [...containerInstances.values()].map(({ ec2InstanceId = '' }) => {
      const { tags = {} } = instances.get(ec2InstanceId) ?? {};
      return tags['Name'] ?? tags['aws:autoscaling:groupName'];
    }),
  );
  expect(names.sort()).toEqual(hosts.sort());
  const judged = audits.flatMap(({ snapshot: { launchTemplates } }) => [...launchTemplates.values()]);
  expect(judged.map(({ name }) => name).sort()).toEqual(['apprentices', 'painters', 'welders']);
});
