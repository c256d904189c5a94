import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { REGISTRATION_POLICY, seedRegistration } from '../../../../infra/local/seed/demo/registration';
import { services } from '../../../../infra/local/services';
import { anAudit } from '../../../support/an-audit';
import { clientSettings, withLocalAccount } from '../../../support/local-account';

/** Rule to a part of the message that names what is wrong. */
const faults: Readonly<Record<string, string>> = {
  'cloudmap-instance-with-ipv4': 'mainframe in Cloud Map service partners',
  'cloudmap-instance-without-ipv6': 'scanner in Cloud Map service tracking',
  'service-lattice-target-group-not-ipv6': 'orders registers',
  'service-load-balancer-not-dual-stack': 'labels is behind',
  'service-registry-record-type': 'customers registers in customers',
  'service-target-type-mismatch': 'tariffs-hosts (instance)',
  'target-family-mismatch': 'in catalog of catalog',
};

it('has each fault of registrations once, and no other', async () => {
  const account = await withLocalAccount({ services, clock: new SimulatedClock({ running: false }) });
  await seedRegistration(account);
  const ssm = new SSMClient(clientSettings(account));
  const parameter = { Name: '/ecs-ipv6/policy', Type: 'String', Value: REGISTRATION_POLICY } as const;
  await ssm.send(new PutParameterCommand(parameter));
  const audit = await anAudit(account, account.region);
  const { snapshot, evaluation } = await audit.look([audit.everything]);
  audit.close();
  expect(snapshot.gaps).toEqual([]);
  const { findings } = evaluation;
  expect(findings.filter(({ status }) => status !== 'open')).toEqual([]);
  const found = findings.map(({ rule, message }) => [rule, message]).sort();
  expect(found).toEqual(Object.entries(faults).map(([rule, text]) => [rule, expect.stringContaining(text)]));
});
