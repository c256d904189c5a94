import { expect, it } from '@jest/globals';
import { registrationPart } from '../../../../infra/local/seed/demo/registration';
import { auditParts } from '../../../support/audit-parts';

/** Rule to a part of the message that names what is wrong. */
const faults: Readonly<Record<string, string>> = {
  'cloudmap-instance-with-ipv4': 'mainframe in Cloud Map service partners',
  'cloudmap-instance-without-ipv6': 'scanner in Cloud Map service tracking',
  'service-classic-load-balancer': 'invoices is behind 1 Classic Load Balancer',
  'service-connect-loopback': 'proxy of depot/pricing',
  'service-lattice-target-group-not-ipv6': 'orders registers',
  'service-load-balancer-not-dual-stack': 'labels is behind',
  'service-registry-record-type': 'customers registers in customers',
  'service-target-type-mismatch': 'tariffs-green (instance)',
  'target-family-mismatch': 'in catalog of catalog',
};

it('has each fault of registrations once, and no other', async () => {
  const audits = await auditParts(registrationPart);
  expect(audits.flatMap(({ snapshot }) => snapshot.gaps)).toEqual([]);
  const findings = audits.flatMap((audit) => audit.findings);
  expect(findings.filter(({ status }) => status !== 'open')).toEqual([]);
  const found = findings.map(({ rule, message }) => [rule, message]).sort();
  expect(found).toEqual(Object.entries(faults).map(([rule, text]) => [rule, expect.stringContaining(text)]));
});
