import { expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { seedNetwork, NETWORK_POLICY, UNSUPPORTED_REGION } from '../../../../infra/local/seed/demo/network';
import { services } from '../../../../infra/local/services';
import { createReads } from '../../../../lib/aws/reads';
import { surroundingReads } from '../../../../lib/composition';
import { evaluate } from '../../../../lib/evaluate/evaluate';
import type { Finding } from '../../../../lib/evaluate/finding';
import { parsePolicy } from '../../../../lib/policy/parse-policy';
import { rules } from '../../../../lib/rules/registry';
import type { Snapshot } from '../../../../lib/snapshot/snapshot';
import { createCollect } from '../../../../lib/snapshot/collect';
import { withLocalAccount } from '../../../support/local-account';
import { aLoadedPolicy } from '../../../support/policy-builders';
import { workloadClients } from '../../../support/workload-clients';

/** Rule to whose fault it is: a service, or a part of the message. */
const faults: Readonly<Record<string, string>> = {
  'ecr-endpoint-not-dual-stack': 'com.amazonaws.eu-west-2.ecr.dkr',
  'flow-logs-off': 'chat, forum',
  'network-acl-blocks-ipv6': 'mail',
  'region-unsupported': 'eu-west-1',
  'security-group-blocks-ipv6': 'nothing out over IPv6 for ads',
  'service-subnet-not-ipv6-only': 'legacy places',
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
  const clock = new SimulatedClock({ running: false });
  const account = await withLocalAccount({ services, clock });
  await seedNetwork(account);
  const { policy, problems } = parsePolicy([{ place: 'policy.yaml', text: NETWORK_POLICY }], rules);
  if (!policy) throw new Error(JSON.stringify(problems));
  const sweep = async (region: string): Promise<readonly (readonly [rule: string, text: string])[]> => {
    const clients = workloadClients({ ...account, region });
    const place = { account: account.account, region, partition: 'aws' };
    const reads = { ...createReads(clients), ...surroundingReads(clients) };
    const collect = createCollect({ reads, place, now: () => clock.now() });
    const requests = [{ kind: 'account', account: place.account, region, id: place.account }] as const;
    const snapshot = await collect(requests, aLoadedPolicy(policy));
    expect(snapshot.gaps).toEqual([]);
    const { findings } = evaluate({ snapshot, policy, rules, now: clock.now() });
    expect(findings.filter(({ status }) => status !== 'open')).toEqual([]);
    return findings.map((finding) => [finding.rule, blamed(snapshot, finding)]);
  };
  const found = [...(await sweep(account.region)), ...(await sweep(UNSUPPORTED_REGION))].sort();
  expect(found).toEqual(Object.entries(faults).map(([rule, text]) => [rule, expect.stringContaining(text)]));
});
