/** Workloads of a simulated site for the collector to read. */
import { aBalancedGroup, aRegistry } from '../infra/local/services/ecs/a-load-balancer';
import { aBridgeDefinition, aDefinition, aHost, aService, type Site } from '../infra/local/services/ecs/a-site';

/** From the creation of a service to its steady state, health checks included. */
export const SETTLE_MS = 90_000;

/** Service `web` of two tasks in IPv6-only subnets, with a target group and a Cloud Map service. */
export async function aRegisteredService(site: Site, desiredCount = 2) {
  const targetGroupArn = await aBalancedGroup(site);
  const registryArn = await aRegistry(site, ['AAAA']);
  await aDefinition(site);
  const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
  await aService(site, { desiredCount, loadBalancers, serviceRegistries: [{ registryArn }] });
  await site.clock.advance(SETTLE_MS);
  return { targetGroupArn, registryArn };
}

/** Service `hosted` of one bridge task on a host of its own. */
export async function aHostedService(site: Site) {
  const host = await aHost(site, { subnet: site.dualA, primaryIpv6: true });
  await aBridgeDefinition(site, { family: 'hosted' });
  const settings = { networkConfiguration: undefined, launchType: 'EC2' } as const;
  await aService(site, { serviceName: 'hosted', taskDefinition: 'hosted', ...settings });
  await site.clock.advance(SETTLE_MS);
  return host;
}
