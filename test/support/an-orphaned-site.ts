/** The service `web` of a simulated site, settled, beside a target and a Cloud Map instance that belong to no task. */
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { cloudMapOf, elbOf, instancesIn, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { aSite, type SiteOptions } from '../infra/local/services/ecs/a-site';
import { aRegisteredService } from '../snapshot/a-workload';

/** Long enough for health checks to fail, and for what is asynchronous to end. */
const CHECKS_MS = 180_000;

export async function anOrphanedSite(options: SiteOptions = {}) {
  const site = await aSite(options);
  const { targetGroupArn, registryArn } = await aRegisteredService(site);
  const serviceId = registryArn.slice(registryArn.lastIndexOf('/') + 1);
  const [owned] = await targetsIn(site, targetGroupArn);
  const address = `${owned?.id.slice(0, owned.id.lastIndexOf(':')) ?? ''}:dead`;
  const orphan = { targetGroupArn, targetId: address, port: 80 };
  const stray = { serviceId, instanceId: 'gone' };
  const Targets = [{ Id: address, Port: 80 }];
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
  const Attributes = { AWS_INSTANCE_IPV6: address, ECS_CLUSTER_NAME: 'prod', ECS_SERVICE_NAME: 'web' };
  await cloudMapOf(site).send(new RegisterInstanceCommand({ ServiceId: serviceId, InstanceId: 'gone', Attributes }));
  await site.clock.advance(CHECKS_MS);
  return {
    ...site,
    ...{ targetGroupArn, registryArn, orphan, stray },
    /** `id:port state` of every registered target. */
    targets: async () =>
      (await targetsIn(site, targetGroupArn)).map(({ id, port, state }) => `${id}:${String(port)} ${state}`).sort(),
    /** Ids of every Cloud Map instance. */
    instances: async () => (await instancesIn(site, registryArn)).map(({ id }) => id).sort(),
  };
}
