import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import { formatArn } from '../trigger/arn';
import { ec2Arn } from '../trigger/ec2-arn';

type Names = {
  readonly [Kind in CollectedKind]: (resource: Resources[Kind], snapshot: Snapshot) => string;
};

const ownArn = ({ arn }: { readonly arn: string }): string => arn;
const ownKey = ({ key }: { readonly key: string }): string => key;

function ofEc2(type: string): (resource: { readonly id: string }, snapshot: Snapshot) => string {
  return ({ id }, snapshot) => ec2Arn(snapshot, type, id);
}

const names: Names = {
  cluster: ownArn,
  service: ownArn,
  task: ownArn,
  'task-definition': ownArn,
  'container-instance': ownArn,
  instance: ownArn,
  subnet: ofEc2('subnet'),
  vpc: ofEc2('vpc'),
  'security-group': ofEc2('security-group'),
  'network-acl': ofEc2('network-acl'),
  'vpc-endpoint': ofEc2('vpc-endpoint'),
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
