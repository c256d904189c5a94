import { expect, it } from '@jest/globals';
import { resourceName } from '../../lib/evaluate/resource-name';
import type { CollectedKind } from '../../lib/snapshot/snapshot';
import {
  aCloudMapInstance,
  aFileSystem,
  aLaunchTemplate,
  anAccount,
  aSubnet,
  aTarget,
  aVpc,
} from '../support/builders';
import { aNetworkAcl, aSecurityGroup, aVpcEndpoint } from '../support/network-builders';
import type { Contents } from '../support/snapshot-builder';
import { aSubject } from './a-subject';

const ec2 = 'arn:aws:ec2:eu-west-2:111122223333';
const world: Contents = {
  subnets: [aSubnet()],
  vpcs: [aVpc()],
  securityGroups: [aSecurityGroup()],
  networkAcls: [aNetworkAcl()],
  vpcEndpoints: [aVpcEndpoint()],
  launchTemplates: [aLaunchTemplate()],
  fileSystems: [aFileSystem()],
  targets: [aTarget()],
  cloudMapInstances: [aCloudMapInstance()],
  accounts: [anAccount()],
};

const names: readonly (readonly [kind: CollectedKind, key: string, name: string])[] = [
  ['subnet', 'subnet-1', `${ec2}:subnet/subnet-1`],
  ['vpc', 'vpc-1', `${ec2}:vpc/vpc-1`],
  ['security-group', 'sg-1', `${ec2}:security-group/sg-1`],
  ['network-acl', 'acl-1', `${ec2}:network-acl/acl-1`],
  ['vpc-endpoint', 'vpce-1', `${ec2}:vpc-endpoint/vpce-1`],
  ['launch-template', 'lt-1', `${ec2}:launch-template/lt-1`],
  ['file-system', 'fs-1', 'arn:aws:elasticfilesystem:eu-west-2:111122223333:file-system/fs-1'],
  ['account', '111122223333', 'arn:aws:ecs:eu-west-2:111122223333:account'],
  ['target', aTarget().key, aTarget().key],
  ['cloudmap-instance', aCloudMapInstance().key, aCloudMapInstance().key],
];

it.each(names)('a %s is told by its ARN, or by what it is registered with', (kind, key, name) => {
  const { snapshot, resource } = aSubject(world, [kind, key]);
  expect(resourceName(snapshot, kind, resource)).toBe(name);
});
