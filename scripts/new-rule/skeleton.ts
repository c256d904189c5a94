import type { CollectedKind } from '../../lib/snapshot/snapshot';

/** Longest first, so that `cloudmap-instance-...` is not taken for `cloudmap`. */
const kinds = [
  'container-instance',
  'cloudmap-instance',
  'cloudmap-service',
  'launch-template',
  'file-system',
  'task-definition',
  'security-group',
  'target-group',
  'vpc-endpoint',
  'network-acl',
  'instance',
  'account',
  'cluster',
  'service',
  'subnet',
  'target',
  'task',
  'vpc',
] as const satisfies readonly CollectedKind[];

const builders: Readonly<Record<CollectedKind, string>> = {
  cluster: 'aCluster',
  service: 'aService',
  task: 'aTask',
  'task-definition': 'aTaskDefinition',
  'container-instance': 'aContainerInstance',
  instance: 'anInstance',
  subnet: 'aSubnet',
  'security-group': 'aSecurityGroup',
  'network-acl': 'aNetworkAcl',
  'vpc-endpoint': 'aVpcEndpoint',
  account: 'anAccount',
  vpc: 'aVpc',
  'target-group': 'aTargetGroup',
  target: 'aTarget',
  'cloudmap-service': 'aCloudMapService',
  'cloudmap-instance': 'aCloudMapInstance',
  'launch-template': 'aLaunchTemplate',
  'file-system': 'aFileSystem',
};

/** Where the builders are that are not with the others. */
const builderFiles: Readonly<Partial<Record<CollectedKind, string>>> = {
  'security-group': 'network-builders',
  'network-acl': 'network-builders',
  'vpc-endpoint': 'network-builders',
};

/** `subnet-without-ipv6-route` -> `subnetWithoutIpv6Route` */
export function exportName(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What the rule is about, by the first words of its id; `service` if they name nothing that is collected. */
export function kindOf(id: string): CollectedKind {
  return kinds.find((kind) => id.startsWith(`${kind}-`)) ?? 'service';
}

/** `image-not-dual-stack` -> `Image not dual stack`: a beginning, to be made a sentence. */
function draftTitle(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A rule that finds nothing yet. */
export function ruleSource(id: string): string {
  return `import { defineRule } from './define-rule';

/** Why this is wrong, in one sentence. */
export const ${exportName(id)} = defineRule({
  meta: {
    id: '${id}',
    title: '${draftTitle(id)}',
    kind: '${kindOf(id)}',
    severity: 'medium',
    remedy: 'none',
    // the page that says so, and the day on which you read it
    source: { url: 'https://docs.aws.amazon.com/', checked: '' },
    facts: [],
    reads: [],
    messages: { wrong: '{{name}} is wrong.' },
  },
  defaults: {},
  check() {
    return [];
  },
});
`;
}

/** Its test: fails until the rule has the cases that every rule has. */
export function testSource(id: string): string {
  const builder = builders[kindOf(id)];
  return `import { ${exportName(id)} } from '../../lib/rules/${id}';
import { ${builder} } from '../support/${builderFiles[kindOf(id)] ?? 'builders'}';
import { testRule } from '../support/test-rule';

testRule(${exportName(id)}, {
  valid: [{ name: 'as it should be', resource: ${builder}() }],
  invalid: [],
  apply: (_desired, one) => one,
});
`;
}
