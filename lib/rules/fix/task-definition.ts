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

/** Edits of a revision, as filters of `jq`. */
export type RevisionEdits = readonly string[];

/** @param images by the names of their containers */
export function withImages(images: Readonly<Record<string, string>>): RevisionEdits {
  return [`.containerDefinitions |= map(.image = ((${JSON.stringify(images)})[.name] // .image))`];
}

/** Host ports and links belong to the bridge. */
export function inNetworkMode(mode: string): RevisionEdits {
  const ports = '.portMappings |= ((. // []) | map(del(.hostPort)))';
  return [`.networkMode = ${JSON.stringify(mode)}`, `.containerDefinitions |= map(${ports} | del(.links))`];
}

/** @param endpoints by the names of their containers, and of their options */
export function withLogEndpoints(endpoints: Readonly<Record<string, Readonly<Record<string, string>>>>): RevisionEdits {
  const change = `.logConfiguration.options += ((${JSON.stringify(endpoints)})[.name] // {})`;
  return [`.containerDefinitions |= map(if .logConfiguration then ${change} else . end)`];
}

function edited(edits: RevisionEdits): string {
  const fields = ANSWER_ONLY.map((name) => `.${name}`).join(', ');
  const taken = '.taskDefinition + (if (.tags | length) > 0 then {tags} else {} end)';
  return [taken, `del(${fields})`, ...edits].join(' | ');
}

function useRevision({ region }: Snapshot, { name, clusterArn }: Service, family: string): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--service', name];
  return awsCommand(region, 'ecs', 'update-service', ...named, '--task-definition', family);
}

/** Registers an edited revision (needs `jq`) and lets the services use it. */
export function reregister(
  snapshot: Snapshot,
  { arn, family }: TaskDefinition,
  change: { readonly edits: RevisionEdits; readonly services: readonly Service[] },
): readonly string[] {
  const { region } = snapshot;
  const named = ['--task-definition', arn, '--include', 'TAGS', '--output', 'json'];
  const describe = awsCommand(region, 'ecs', 'describe-task-definition', ...named);
  const services = change.services.toSorted((left, right) => left.arn.localeCompare(right.arn));
  return [
    `${describe} | jq ${quote(edited(change.edits))} > ${FILE}`,
    awsCommand(region, 'ecs', 'register-task-definition', '--cli-input-json', `file://${FILE}`),
    ...services.map((service) => useRevision(snapshot, service, family)),
  ];
}

/** Shows at which ports of which container something should listen. */
export function showPorts({ region }: Snapshot, definitionArn: string): string {
  const query = 'taskDefinition.containerDefinitions[].{name:name,portMappings:portMappings}';
  return awsCommand(region, 'ecs', 'describe-task-definition', '--task-definition', definitionArn, '--query', query);
}
