import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import { formatArn } from '../trigger/arn';

type Names = {
  readonly [Kind in CollectedKind]: (resource: Resources[Kind], snapshot: Snapshot) => string;
};

const ownArn = ({ arn }: { readonly arn: string }): string => arn;
const ownKey = ({ key }: { readonly key: string }): string => key;

function ec2Arn(type: string): (resource: { readonly id: string }, snapshot: Snapshot) => string {
  return ({ id }, { partition, region, account }) =>
    formatArn({ partition, service: 'ec2', region, account, resource: `${type}/${id}` });
}

const names: Names = {
  cluster: ownArn,
  service: ownArn,
  task: ownArn,
  'task-definition': ownArn,
  'container-instance': ownArn,
  instance: ownArn,
  subnet: ec2Arn('subnet'),
  vpc: ec2Arn('vpc'),
  'security-group': ec2Arn('security-group'),
  'network-acl': ec2Arn('network-acl'),
  'vpc-endpoint': ec2Arn('vpc-endpoint'),
  'target-group': ownArn,
  target: ownKey,
  'cloudmap-service': ownArn,
  'cloudmap-instance': ownKey,
  'launch-template': ownArn,
  'file-system': ({ id }, { partition, region, account }) =>
    formatArn({ partition, service: 'elasticfilesystem', region, account, resource: `file-system/${id}` }),
  // an account has no ARN in a region
  account: ({ id }, { partition, region }) =>
    formatArn({ partition, service: 'ecs', region, account: id, resource: 'account' }),
};

/** The name of a resource in findings and reports: its ARN, or the id forms of `Finding.resource`. */
export function resourceName<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
  resource: Resources[Kind],
): string {
  return names[kind](resource, snapshot);
}
