import type { CloudMapService, Service, Snapshot } from '../../snapshot/snapshot';
import { updateService } from './service';
import { awsCommand } from './shell';
import { suffixed } from './target-group';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html */
const MAX_NAME = 127;
const TTL_SECONDS = 60;

/** The answer to another command, as one word of this one. */
const answerOf = (command: string): string => `"$(${command})"`;

function ports({ registries }: Service, registryArn: string, recordTypes: readonly string[]): string {
  if (!recordTypes.includes('SRV')) return '';
  return registries
    .filter((one) => one.registryArn === registryArn)
    .flatMap(({ containerName, containerPort, port }) => Object.entries({ containerName, containerPort, port }))
    .flatMap(([key, value]) => (value === undefined ? [] : [`,${key}=${String(value)}`]))
    .join('');
}

/**
 * Creates a Cloud Map service with other records beside this one, and registers the tasks there: the type of a record can
 * not be changed. Deleting the old one is left to people, who know when nobody asks for it any more.
 */
export function registerWithRecords(
  snapshot: Snapshot,
  service: Service,
  { registry, recordTypes }: { readonly registry: CloudMapService; readonly recordTypes: readonly string[] },
): string {
  const { region } = snapshot;
  const text = ['--output', 'text'];
  const lookUp = ['--id', registry.id, '--query', 'Service.NamespaceId', ...text];
  const records = recordTypes.map((type) => `{Type=${type},TTL=${String(TTL_SECONDS)}}`).join(',');
  const create = [
    ...['--name', suffixed(registry.name, '-ipv6', MAX_NAME), '--dns-config', `DnsRecords=[${records}]`],
    ...['--query', 'Service.Arn', ...text],
  ];
  const namespace = answerOf(awsCommand(region, 'servicediscovery', 'get-service', ...lookUp));
  const created = `${awsCommand(region, 'servicediscovery', 'create-service', ...create)} --namespace-id ${namespace}`;
  // what others deploy, they register
  if (service.deploymentController !== 'ECS') return created;
  const update = updateService(snapshot, service, '--service-registries');
  return `${update} registryArn=${answerOf(created)}${ports(service, registry.arn, recordTypes)}`;
}
