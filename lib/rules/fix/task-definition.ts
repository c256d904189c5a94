import type { Service, Snapshot, TaskDefinition } from '../../snapshot/snapshot';
import { clusterNameOf } from '../../snapshot/usage';
import { awsCommand, quote } from './shell';

/** What DescribeTaskDefinition answers and RegisterTaskDefinition does not take. */
const ANSWER_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
];
const FILE = 'task-definition.json';

function replaceImages(images: Readonly<Record<string, string>>): string {
  const fields = ANSWER_ONLY.map((name) => `.${name}`).join(', ');
  const replacement = `(${JSON.stringify(images)})[.name]`;
  return [
    '.taskDefinition + (if (.tags | length) > 0 then {tags} else {} end)',
    `del(${fields})`,
    `.containerDefinitions |= map(.image = (${replacement} // .image))`,
  ].join(' | ');
}

function useRevision({ region }: Snapshot, { name, clusterArn }: Service, family: string): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--service', name];
  return awsCommand(region, 'ecs', 'update-service', ...named, '--task-definition', family);
}

/** Registers a revision with other images (by container name; needs `jq`) and lets the services use it. */
export function reregister(
  snapshot: Snapshot,
  { arn, family }: TaskDefinition,
  change: { readonly images: Readonly<Record<string, string>>; readonly services: readonly Service[] },
): readonly string[] {
  const { region } = snapshot;
  const named = ['--task-definition', arn, '--include', 'TAGS', '--output', 'json'];
  const describe = awsCommand(region, 'ecs', 'describe-task-definition', ...named);
  const services = change.services.toSorted((left, right) => left.arn.localeCompare(right.arn));
  return [
    `${describe} | jq ${quote(replaceImages(change.images))} > ${FILE}`,
    awsCommand(region, 'ecs', 'register-task-definition', '--cli-input-json', `file://${FILE}`),
    ...services.map((service) => useRevision(snapshot, service, family)),
  ];
}
