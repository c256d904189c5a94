/**
 * A target is unhealthy because of what lies between it and its load balancer, or is not even there because its task does
 * not reach its image. A rule names the cause, its printed fix is performed, and the target is healthy.
 */
import {
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  DescribeNetworkAclsCommand,
  ModifySubnetAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Finding } from '../../lib/evaluate/finding';
import { rules } from '../../lib/rules/registry';
import { aBalancedGroup, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aCollector, everything } from '../snapshot/a-collector';
import { aPolicy, aScope } from '../support/policy-builders';
import { performPrinted } from '../support/printed-command';
import { workloadClients } from '../support/workload-clients';

/** Longer than load balancers take to change their mind about a target, and ECS to try a task again. */
const SETTLE_MS = 600_000;
const DUAL_STACK_IMAGE = '111122223333.dkr-ecr.eu-west-2.on.aws/web:1';
const IPV4_IMAGE = '111122223333.dkr.ecr.eu-west-2.amazonaws.com/web:1';

const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });

async function openFindings(site: Site): Promise<readonly Finding[]> {
  const snapshot = await aCollector(site).collect([everything]);
  const { findings } = evaluate({ snapshot, policy, rules, now: site.clock.now() });
  return findings.filter(({ status }) => status === 'open');
}

const settle = ({ clock }: Site): Promise<void> => clock.advance(SETTLE_MS);

interface Wish {
  readonly image?: string;
  readonly securityGroups?: string[];
}

/** One task in the first IPv6-only subnet behind a load balancer in other subnets. Gives what shows its target's state. */
async function serve(site: Site, { image = DUAL_STACK_IMAGE, securityGroups }: Wish = {}) {
  const targetGroupArn = await aBalancedGroup(site);
  await aDefinition(site, { containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 80 }] }] });
  await aService(site, {
    networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id], securityGroups } },
    loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
  });
  await settle(site);
  // a target that drains is on its way out
  return async () =>
    (await targetsIn(site, targetGroupArn)).map(({ state }) => state).filter((one) => one !== 'draining');
}

/** Does what the rule says, and shows that its finding is gone and nothing new is there. */
async function mend(site: Site, rule: string, cause: RegExp): Promise<void> {
  const before = await openFindings(site);
  const finding = before.find((one) => one.rule === rule);
  expect(finding?.message).toMatch(cause);
  for (const line of finding?.fix ?? []) await performPrinted(site.account, line);
  await settle(site);
  const after = (await openFindings(site)).map((one) => one.rule);
  expect(after).not.toContain(rule);
  expect(before.map((one) => one.rule)).toEqual(expect.arrayContaining(after));
}

it('is healthy where nothing is in the way', async () => {
  const site = await aSite();
  const states = await serve(site);
  expect(await states()).toEqual(['healthy']);
});

it('a security group that knows nothing of the load balancer', async () => {
  const site = await aSite();
  const { ec2 } = workloadClients(site.account);
  const wanted = { GroupName: 'tasks', Description: 'tasks', VpcId: site.vpc.id };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(wanted));
  const states = await serve(site, { securityGroups: [GroupId] });
  expect(await states()).not.toContain('healthy');
  await mend(site, 'security-group-blocks-ipv6', /keeps load balancer lb-web from port 80 of web over IPv6/);
  expect(await states()).toEqual(['healthy']);
});

/** Gives the first IPv6-only subnet an ACL that lets tasks call, and nobody call them. */
async function closeSubnet(site: Site): Promise<void> {
  const { ec2 } = workloadClients(site.account);
  const { NetworkAcl: { NetworkAclId } = {} } = await ec2.send(new CreateNetworkAclCommand({ VpcId: site.vpc.id }));
  const entry = { NetworkAclId, RuleAction: 'allow', Ipv6CidrBlock: '::/0' } as const;
  const icmp = { Protocol: '58', IcmpTypeCode: { Type: -1, Code: -1 } };
  for (const one of [
    { Egress: true, RuleNumber: 100, Protocol: '6', PortRange: { From: 443, To: 443 } },
    { Egress: false, RuleNumber: 100, Protocol: '6', PortRange: { From: 32_768, To: 60_999 } },
    { Egress: true, RuleNumber: 110, ...icmp },
    { Egress: false, RuleNumber: 110, ...icmp },
  ])
    await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, ...one }));
  const Filters = [{ Name: 'association.subnet-id', Values: [site.ipv6A.id] }];
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const old = NetworkAcls[0]?.Associations?.find(({ SubnetId }) => SubnetId === site.ipv6A.id);
  const AssociationId = old?.NetworkAclAssociationId;
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
}

it('a network ACL that lets nobody call the tasks', async () => {
  const site = await aSite();
  await closeSubnet(site);
  const states = await serve(site);
  expect(await states()).not.toContain('healthy');
  await mend(site, 'network-acl-blocks-ipv6', /denies TCP port 80 in from subnet-\w+ for load balancer lb-web/);
  expect(await states()).toEqual(['healthy']);
});

it('a route that is missing on the way to the image', async () => {
  const site = await aSite();
  const { ec2 } = workloadClients(site.account);
  await ec2.send(new CreateNatGatewayCommand({ SubnetId: site.dualA.id, ConnectivityType: 'private' }));
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: site.ipv6A.id, EnableDns64: { Value: true } }));
  const states = await serve(site, { image: IPV4_IMAGE });
  expect(await states()).not.toContain('healthy');
  await mend(site, 'subnet-nat64-incomplete', /has DNS64 on, and .* leads 64:ff9b::\/96 to no NAT gateway/);
  expect(await states()).toEqual(['healthy']);
});
