/** An account in which every list that a sweep reads has more than fits on a page, and in which something is wrong. */
import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import type { Call } from '../../infra/local/kernel/operation';
import type { Scope } from '../../infra/local/kernel/scope';
import type { LocalAccount } from '../../infra/local/local-account';
import { createFleet } from '../../infra/local/seed/fleet/fleet';
import type { ClusterPlan, ServiceFault, ServicePlan } from '../../infra/local/seed/fleet/fleet-plan';
import { services } from '../../infra/local/services';
import { allSubnets } from '../../infra/local/services/ec2/subnet';
import { createTargetGroup } from '../../infra/local/services/elbv2/create-target-group';
import { registerInstance } from '../../infra/local/services/servicediscovery/instances';
import { createService } from '../../infra/local/services/servicediscovery/services';
import { cloudMap } from '../../infra/local/services/servicediscovery/state';
import { putParameter } from '../../infra/local/services/ssm/parameters';
import { rules } from '../../lib/rules/registry';
import { clientSettings, withLocalAccount } from './local-account';

const START = new Date('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

/** So many that target groups and registries are listed: a few are asked for by name. */
const SERVICES = 24;
const SMALL_CLUSTERS = 5;
const FAULTS: readonly (ServiceFault | undefined)[] = ['orphan-target', 'orphan-registration', 'ipv4-image'];
const TASKS_ON_HOSTS = 20;

/** More than a page of those services that document no shorter one. */
const TARGET_GROUPS = 400;
const REGISTRATIONS = 100;
const SCALING_GROUPS = 6;
const IMAGE = 'ami-0ec5a120230000001';

function servicePlan(index: number): ServicePlan {
  const isOnHosts = index % 6 === 5;
  const fault = FAULTS[index];
  const size = isOnHosts
    ? ({ networkMode: 'bridge', tasks: TASKS_ON_HOSTS } as const)
    : ({ networkMode: 'awsvpc', tasks: 1 } as const);
  return { name: `service-${String(index)}`, ...size, targetGroup: true, registry: true, ...(fault && { fault }) };
}

const clusters: readonly ClusterPlan[] = [
  {
    name: 'large',
    services: Array.from({ length: SERVICES }, (_, index) => servicePlan(index)),
    hostFaults: ['old-agent', 'no-primary-ipv6'],
  },
  ...Array.from({ length: SMALL_CLUSTERS }, (_, index) => ({
    name: `small-${String(index)}`,
    services: [],
    hostFaults: [],
  })),
];

const asAdministrator = (scope: Scope): Call => ({
  ...{ scope, seen: scope, requestId: 'fill', operation: 'Fill', endpoint: '' },
  principal: { account: scope.account, arn: `arn:aws:iam::${scope.account}:root` },
});

async function fillBalancing(scope: Scope): Promise<void> {
  const VpcId = allSubnets(scope)[0]?.vpcId;
  for (let index = 0; index < TARGET_GROUPS; index++) {
    const group = { Name: `filler-${String(index)}`, TargetType: 'ip', Protocol: 'HTTP', Port: 80, VpcId } as const;
    await createTargetGroup.run(group, asAdministrator(scope));
  }
}

/** Registrations that are none of ECS's. */
async function fillCloudMap(scope: Scope): Promise<void> {
  const { namespaces, services: registries } = cloudMap(scope);
  const [registry] = registries.values();
  const [namespace] = namespaces.values();
  const DnsConfig = { DnsRecords: [{ Type: 'AAAA' as const, TTL: 10 }] };
  for (let index = 0; index < REGISTRATIONS; index++) {
    const name = `filler-${String(index)}`;
    await createService.run({ Name: name, NamespaceId: namespace?.id, DnsConfig }, asAdministrator(scope));
    const attributes = { AWS_INSTANCE_IPV6: `2001:db8::${index.toString(16)}` };
    registerInstance(scope, { serviceId: registry?.id ?? '', instanceId: name, attributes });
  }
}

async function fillAutoScaling(account: LocalAccount): Promise<void> {
  const settings = clientSettings(account);
  const LaunchTemplateName = 'filler';
  const template = { LaunchTemplateName, LaunchTemplateData: { InstanceType: 'm5.large' as const, ImageId: IMAGE } };
  await new EC2Client(settings).send(new CreateLaunchTemplateCommand(template));
  const client = new AutoScalingClient(settings);
  for (let index = 0; index < SCALING_GROUPS; index++) {
    const group = { AutoScalingGroupName: `filler-${String(index)}`, MinSize: 0, MaxSize: 0 };
    const VPCZoneIdentifier = allSubnets(account.scope)[0]?.id;
    const LaunchTemplate = { LaunchTemplateName, Version: '$Default' };
    await client.send(new CreateAutoScalingGroupCommand({ ...group, VPCZoneIdentifier, LaunchTemplate }));
  }
}

/** One part of the policy for each rule. */
function splitPolicy(scope: Scope): void {
  for (const { meta } of rules) {
    putParameter(scope, {
      ...{ name: `/ecs-ipv6/policy/${meta.id}`, value: `rules: { ${meta.id}: { severity: low } }\n`, type: 'String' },
      ...{ tier: undefined, description: undefined, overwrite: false },
    });
  }
}

export interface ManyPagedAccount {
  readonly account: LocalAccount;
  readonly clock: SimulatedClock;
}

export async function aManyPagedAccount(): Promise<ManyPagedAccount> {
  const clock = new SimulatedClock({ start: START, running: false });
  const account = await withLocalAccount({ services, clock });
  await createFleet({ scope: account.scope, clock }, { clusters });
  await fillBalancing(account.scope);
  await fillCloudMap(account.scope);
  await fillAutoScaling(account);
  splitPolicy(account.scope);
  await clock.advance(MINUTE);
  return { account, clock };
}
