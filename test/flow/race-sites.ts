/** Sites with orphans, and what of them is alive or somebody else's. */
import { EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Fields } from '../../infra/local/protocol/wire';
import { createNetwork } from '../../infra/local/services/ec2/network';
import { createNetworkInterface } from '../../infra/local/services/ec2/network-interface-lifecycle';
import { createSubnet } from '../../infra/local/services/ec2/subnet';
import { registrarOf } from '../../infra/local/services/ecs/registrar';
import { ecsState } from '../../infra/local/services/ecs/store';
import { aBalancedGroup, elbOf, instancesIn, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { aBridgeDefinition, aDefinition, aHost, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { anOrphanedSite } from '../support/an-orphaned-site';
import { clientSettings } from '../support/local-account';

export interface RaceSite extends Site {
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
  readonly targetGroupArn: string;
  /** Of the orphan. */
  readonly targetId: string;
  readonly registryArn?: string;
  /** Of a VPC that the group's is peered with: one that an interface has, one that nothing has. */
  readonly peered?: readonly string[];
  /** Registrations of others, `id:port` or the id of a Cloud Map instance: whoever makes one adds it. */
  readonly foreign: Set<string>;
  /** Of what a call removes. */
  nameOf(fields: Fields): string;
  /** What is alive or somebody else's, and not registered any more. */
  missing(): Promise<readonly string[]>;
}

/** Elsewhere: the collector lists its services as well. */
export const OTHER_CLUSTER = 'other';
const HOST_PORT = 8080;
/** In a subnet of the tasks. */
const UNUSED = '10.0.3.250';
const CHECKS_MS = 180_000;

interface Orphans extends Pick<RaceSite, 'targetGroupArn' | 'registryArn' | 'peered'> {
  readonly orphan: string;
}

async function withOthers(site: Site, { targetGroupArn, orphan, registryArn, peered }: Orphans): Promise<RaceSite> {
  await site.ecs.send(new CreateClusterCommand({ clusterName: OTHER_CLUSTER }));
  const settings = clientSettings(site.account);
  const foreign = new Set<string>();
  const nameOf = ({ Targets, InstanceId }: Fields): string => {
    const [target] = (Targets ?? []) as readonly { readonly Id: string; readonly Port: number }[];
    const name = target ? `${target.Id}:${String(target.Port)}` : String(InstanceId);
    if (name === orphan) return 'orphan';
    return name === 'gone' ? 'stray' : name;
  };
  const missing = async (): Promise<readonly string[]> => {
    const targets = (await targetsIn(site, targetGroupArn)).filter(({ state }) => state !== 'draining');
    const instances = registryArn === undefined ? [] : await instancesIn(site, registryArn);
    const there = [...targets.map(({ id, port }) => `${id}:${String(port)}`), ...instances.map(({ id }) => id)];
    const gone = [...foreign].filter((name) => !there.includes(name));
    return [...gone, ...takenFromTasks(site)].map((name) => `${name} is missing`);
  };
  const targetId = orphan.slice(0, orphan.lastIndexOf(':'));
  const clients = { ssm: new SSMClient(settings), ec2: new EC2Client(settings) };
  return { ...site, ...clients, targetGroupArn, targetId, registryArn, peered, foreign, nameOf, missing };
}

/** What ECS registered for its running tasks, and is not there. */
function takenFromTasks({ scope }: Site): readonly string[] {
  const tasks = [...ecsState(scope).clusters.values()].flatMap((cluster) => [...cluster.tasks.values()]);
  return tasks
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .flatMap(({ id, registrations }) =>
      registrations.flatMap((one) => (registrarOf(scope, one).isRegistered() ? [] : [`${one.kind} of ${id}`])),
    );
}

/** The service `web` of two tasks, an orphaned address in its group and an orphaned instance in its Cloud Map service. */
export async function addressSite(): Promise<RaceSite> {
  const { targetGroupArn, registryArn, orphan, ...site } = await anOrphanedSite();
  return await withOthers(site, { targetGroupArn, registryArn, orphan: `${orphan.targetId}:${String(orphan.port)}` });
}

/** The service `web` of two tasks behind an IPv4 group, an orphaned address in it, and a VPC beside theirs. */
export async function peeredSite(): Promise<RaceSite> {
  const site = await aSite();
  const targetGroupArn = await aBalancedGroup(site, { IpAddressType: 'ipv4' });
  await aDefinition(site);
  await aService(site, {
    ...{ desiredCount: 2, loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }] },
    networkConfiguration: { awsvpcConfiguration: { subnets: [site.dualA.id, site.dualB.id] } },
  });
  await site.clock.advance(SETTLE_MS);
  const Targets = [{ Id: UNUSED, Port: 80 }];
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
  await site.clock.advance(CHECKS_MS);
  const { id: vpcId } = createNetwork(site.scope, { cidrBlock: '10.1.0.0/16' });
  const subnet = { vpcId, cidrBlock: '10.1.0.0/24', ipv6Native: false, zoneName: 'eu-west-2a' };
  const face = createNetworkInterface(site.scope, { subnetId: createSubnet(site.scope, subnet).id });
  const peered = [...face.ipv4, '10.1.0.250'];
  return await withOthers(site, { targetGroupArn, orphan: `${UNUSED}:80`, peered });
}

/** The service `web` of one bridge task with a port of its own; the same port of another host is an orphan. */
export async function hostSite(): Promise<RaceSite> {
  const site = await aSite();
  const targetGroupArn = await aBalancedGroup(site, { TargetType: 'instance' });
  for (const subnet of [site.dualA, site.dualB]) await aHost(site, { subnet, primaryIpv6: true });
  const portMappings = [{ containerPort: 80, hostPort: HOST_PORT }];
  await aBridgeDefinition(site, {
    containerDefinitions: [{ name: 'app', image: 'nginx', cpu: 128, memory: 128, portMappings }],
  });
  const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
  await aService(site, { loadBalancers, launchType: 'EC2', networkConfiguration: undefined });
  await site.clock.advance(SETTLE_MS);
  const [owned] = await targetsIn(site, targetGroupArn);
  const hosts = [...ecsState(site.scope).clusters.values()].flatMap((cluster) => [...cluster.instances.values()]);
  const free = hosts.map(({ ec2InstanceId }) => ec2InstanceId).find((id) => id !== owned?.id) ?? '';
  const Targets = [{ Id: free, Port: HOST_PORT }];
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
  await site.clock.advance(CHECKS_MS);
  return await withOthers(site, { targetGroupArn, orphan: `${free}:${String(HOST_PORT)}` });
}
