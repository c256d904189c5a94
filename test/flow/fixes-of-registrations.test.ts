/** What findings about registrations print is done, and the next sweep is silent. */
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  UpdateServiceCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import type { DescribeLoadBalancersCommandOutput } from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateRuleCommand,
  DescribeTargetGroupsCommand,
  type CreateTargetGroupCommandOutput as CreateGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { CreateTargetGroupCommandOutput } from '@aws-sdk/client-vpc-lattice';
import { afterEach, beforeEach, it } from '@jest/globals';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { seedDemo } from '../../infra/local/seed/demo/demo';
import { composePolicy } from '../../infra/local/seed/demo/part';
import { registrationPart } from '../../infra/local/seed/demo/registration';
import { createSeedClients, type SeedClients } from '../../infra/local/seed/seed-clients';
import { services } from '../../infra/local/services';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import type { Finding } from '../../lib/evaluate/finding';
import { anAudit, type Audit } from '../support/an-audit';
import { mendOneByOne, type Mends } from '../support/fixes-one-by-one';
import { performPrinted } from '../support/printed-command';

/** Longer than draining takes. */
const SETTLE_MS = 600_000;

let account: LocalAccount;
let clients: SeedClients;
let audit: Audit;

beforeEach(async () => {
  account = await startLocalAccount({ services, clock: new SimulatedClock({ running: false }) });
  await seedDemo(account, [registrationPart]);
  clients = createSeedClients(account);
  audit = await anAudit(account, account.region);
});

afterEach(async () => {
  audit.close();
  await account.stop();
});

const printed = ({ fix: [line = ''] }: Finding): Promise<unknown> => performPrinted(account, line);

async function serviceOf(cluster: string, name: string): Promise<Service> {
  const { services: found = [] } = await clients.ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  return found[0] ?? {};
}

/** A second service does the same behind a target group that a dual-stack load balancer knows. */
async function leaveClassic(finding: Finding): Promise<void> {
  const { LoadBalancerDescriptions = [] } = (await printed(finding)) as DescribeLoadBalancersCommandOutput;
  const InstancePort = LoadBalancerDescriptions[0]?.ListenerDescriptions?.[0]?.Listener?.InstancePort;
  const old = await serviceOf('yard', 'invoices');
  const { TargetGroups = [] } = await clients.elbv2.send(new DescribeTargetGroupsCommand({ Names: ['receipts'] }));
  const targetGroupArn = TargetGroups[0]?.TargetGroupArn;
  await clients.ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'yard', serviceName: 'invoices-2', launchType: 'EC2', desiredCount: 0 },
      taskDefinition: old.taskDefinition,
      loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: InstancePort }],
    }),
  );
  await clients.ecs.send(new DeleteServiceCommand({ cluster: 'yard', service: 'invoices' }));
}

/** Somebody has looked where the app listens, and says so. */
async function verify(finding: Finding): Promise<void> {
  await printed(finding);
  const options = { verified: ['depot/stock', finding.desired['verified']] };
  const Value = composePolicy([{ ...registrationPart, rules: { [finding.rule]: { options } } }]);
  const parameter = { Name: '/ecs-ipv6/policy', Type: 'String', Overwrite: true, Value } as const;
  await clients.ssm.send(new PutParameterCommand(parameter));
  audit.close();
  audit = await anAudit(account, account.region);
}

async function useIpv6LatticeGroup(finding: Finding): Promise<void> {
  const { arn } = (await printed(finding)) as CreateTargetGroupCommandOutput;
  const [deployment] = (await serviceOf('depot', 'orders')).deployments ?? [];
  const present = deployment?.vpcLatticeConfigurations ?? [];
  const vpcLatticeConfigurations = present.map((each) => ({ ...each, targetGroupArn: arn }));
  await clients.ecs.send(new UpdateServiceCommand({ cluster: 'depot', service: 'orders', vpcLatticeConfigurations }));
}

/** A rule leads to the group that was made, and its service goes there. */
async function replaceAlternate(finding: Finding): Promise<void> {
  const { TargetGroups = [] } = (await printed(finding)) as CreateGroupOutput;
  const alternateTargetGroupArn = TargetGroups[0]?.TargetGroupArn;
  const { loadBalancers: [present] = [] } = await serviceOf('yard', 'tariffs');
  const { advancedConfiguration: advanced, ...balancer } = present ?? {};
  const both = [balancer.targetGroupArn, alternateTargetGroupArn];
  const groups = both.map((TargetGroupArn, index) => ({ TargetGroupArn, Weight: 1 - index }));
  const ListenerArn = advanced?.productionListenerRule?.replace(':listener-rule/', ':listener/').replace(/\/\w+$/, '');
  const { Rules = [] } = await clients.elbv2.send(
    new CreateRuleCommand({
      ...{ ListenerArn, Priority: 2, Conditions: [{ Field: 'path-pattern', Values: ['/*'] }] },
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: groups } }],
    }),
  );
  const [productionListenerRule, roleArn] = [Rules[0]?.RuleArn, advanced?.roleArn];
  const advancedConfiguration = { alternateTargetGroupArn, productionListenerRule, roleArn };
  const loadBalancers = [{ ...balancer, advancedConfiguration }];
  await clients.ecs.send(new UpdateServiceCommand({ cluster: 'yard', service: 'tariffs', loadBalancers }));
}

const print = async (finding: Finding): Promise<void> => {
  await printed(finding);
};

const mends: Mends = {
  'cloudmap-instance-with-ipv4': print,
  'cloudmap-instance-without-ipv6': print,
  'service-classic-load-balancer': leaveClassic,
  'service-connect-loopback': verify,
  'service-lattice-target-group-not-ipv6': useIpv6LatticeGroup,
  'service-load-balancer-not-dual-stack': print,
  'service-registry-record-type': print,
  'service-target-type-mismatch': replaceAlternate,
  'target-family-mismatch': print,
};

it('ends with nothing left to find, and each fix ends its own finding alone', () =>
  mendOneByOne(
    mends,
    () => audit,
    () => account.world.clock.advance(SETTLE_MS),
  ));
