/** Two hosts of one cluster in two VPCs: load balancing takes one of them, and refuses whatever names the other. */
import type { LocalAccount } from '../../local-account';
import { createSeedClients } from '../seed-clients';
import { agentSettings, launchHost, optimizedImage } from './host-parts';
import { makeCluster, makeSubnet, makeVpc } from './network-parts';
import type { DemoPart } from './part';
import { behind, makeBalancer, makeGroup, makeService, makeSite, onHosts } from './registration-parts';

const QUAY = 'quay';
const CRATES = 'crates';

/** Longer than hosts, their agents and load balancers take to come up, and tasks to be registered or refused. */
const SETTLE_MS = 120_000;

/** `dock` is in the VPC of the group, `annex` in another one; `crates` is to have a task on each. */
async function seedQuay(account: LocalAccount): Promise<void> {
  const clients = createSeedClients(account);
  await makeCluster(clients, QUAY);
  const site = await makeSite(account, clients, { cluster: QUAY, kind: 'ipv6-only' });
  const far = await makeSubnet(clients, await makeVpc(clients), { kind: 'ipv6-only', index: 1 });
  const host = { imageId: await optimizedImage(clients), userData: agentSettings(QUAY) };
  await launchHost(clients, { ...host, name: 'dock', subnetId: site.subnet });
  await launchHost(clients, { ...host, name: 'annex', subnetId: far });
  const balancerArn = await makeBalancer(site, QUAY, 'dualstack');
  const group = await makeGroup(site, { name: CRATES, balancerArn, listenerPort: 80, type: 'instance' });
  await account.world.clock.advance(SETTLE_MS);
  const apart = { desiredCount: 2, placementConstraints: [{ type: 'distinctInstance' as const }] };
  await makeService(site, CRATES, { ...(await onHosts(site, CRATES)), ...behind(group), ...apart });
  await account.world.clock.advance(SETTLE_MS);
}

export const quayPart: DemoPart = {
  name: 'quay',
  scopes: [{ name: 'quay', match: { clusters: [QUAY] }, posture: 'ipv6-only' }],
  exemptions: [
    {
      rule: 'network-mode-not-awsvpc',
      resource: `arn:aws:ecs:*:*:task-definition/${CRATES}:*`,
      reason: 'its hosts have fewer interfaces than it has tasks',
      owner: 'quay',
      until: '2099-12-31',
    },
  ],
  seed: seedQuay,
};
