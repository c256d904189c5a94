/** Services that violate one rule, `service-exec-enabled`, and nothing that tells of anything else. */
import { CreateClusterCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { aDefinition, aService, type Site } from '../infra/local/services/ecs/a-site';

export const EXEC = 'service-exec-enabled';

/** Everything but that rule is off, so that what is told can be counted. */
export const onlyExec = (severity: string): string =>
  `rules: { ${EXEC}: { severity: ${severity} }, ${OTHERS.map((rule) => `${rule}: off`).join(', ')} }\n`;

const OTHERS = [
  ...['container-insights-off', 'flow-logs-off', 'image-not-dual-stack', 'subnet-not-auto-assigning-ipv6'],
  'subnet-without-ipv6-route',
];

export const named = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `s${String(index).padStart(3, '0')}`);

/** Without tasks: they take no time to come up. */
export async function execServices(site: Site, cluster: string, count: number): Promise<void> {
  const definition = { taskRoleArn: 'arn:aws:iam::111122223333:role/task' };
  await aDefinition(site, definition);
  await site.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  for (const serviceName of named(count))
    await aService(site, { cluster, serviceName, desiredCount: 0, enableExecuteCommand: true });
}

/** @param name `cluster/service` */
export async function switchExec({ ecs }: Site, name: string, isOn: boolean): Promise<void> {
  const [cluster, service] = name.split('/');
  await ecs.send(new UpdateServiceCommand({ cluster, service, enableExecuteCommand: isOn }));
}
