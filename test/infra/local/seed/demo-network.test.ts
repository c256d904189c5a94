import { expect, it } from '@jest/globals';
import { networkPart } from '../../../../infra/local/seed/demo/network';
import type { Finding } from '../../../../lib/evaluate/finding';
import type { Snapshot } from '../../../../lib/snapshot/snapshot';
import { auditParts } from '../../../support/audit-parts';

/** Rule to whose fault it is: a service, or a part of the message. */
const faults: Readonly<Record<string, string>> = {
  'ecr-endpoint-not-dual-stack': 'com.amazonaws.eu-west-2.ecr.dkr',
  'network-acl-blocks-ipv6': 'mail',
  'region-unsupported': 'eu-west-1',
  'security-group-blocks-ipv6': 'nothing out over IPv6 for ads',
  'subnet-nat64-incomplete': 'search',
  'subnet-not-auto-assigning-ipv6': 'stall',
  'subnet-open-ipv6-route': 'ledger',
  'subnet-without-ipv6-route': 'billing',
  'vpc-without-ipv6': 'archive',
};

/** Services in the subnets that a finding is about or touches, and its message. */
function blamed({ services: all }: Snapshot, { message, resource, related }: Finding): string {
  const touched = [resource, ...related].map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  const users = [...all.values()].filter(({ subnetIds }) => subnetIds.some((id) => touched.includes(id)));
  const names = users.map(({ name }) => name).sort();
  return `${names.join(', ')}: ${message}`;
}

it('has each fault of networks once, and no other', async () => {
  const audits = await auditParts(networkPart);
  expect(audits.flatMap(({ snapshot }) => snapshot.gaps)).toEqual([]);
  expect(audits.flatMap(({ findings }) => findings).filter(({ status }) => status !== 'open')).toEqual([]);
  const found = audits.flatMap(({ snapshot, findings }) =>
    findings.map((finding) => [finding.rule, blamed(snapshot, finding)]),
  );
  expect(found.sort()).toEqual(Object.entries(faults).map(([rule, text]) => [rule, expect.stringContaining(text)]));
});
