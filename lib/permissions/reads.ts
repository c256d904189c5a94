/**
 * Every read of the workload, and on what IAM allows it: resource types are those of AWS's Service Authorization
 * Reference. Rules name the reads that they need by these keys.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { ANYTHING, type Access, type Permission } from './permission';

const anything: Access = {
  sid: 'ReadWorkload',
  resources: ANYTHING,
  why: 'none of these knows a resource that could narrow it, or they are needed across the account',
};
const ecs: Access = {
  sid: 'ReadEcs',
  resources: ['ecs:cluster/*', 'ecs:container-instance/*', 'ecs:service/*', 'ecs:task/*'],
};
const capacityProviders: Access = { sid: 'ReadCapacityProviders', resources: ['ecs:capacity-provider/*'] };
const instances: Access = { sid: 'ReadInstanceSettings', resources: ['ec2:instance/*'] };
const fileSystems: Access = { sid: 'ReadFileSystems', resources: ['elasticfilesystem:file-system/*'] };
const cloudMap: Access = { sid: 'ReadCloudMap', resources: ['servicediscovery:service/*'] };
const lattice: Access = { sid: 'ReadLattice', resources: ['vpc-lattice:targetgroup/*'] };

const accesses: Readonly<Record<string, Access>> = {
  'autoscaling:DescribeAutoScalingGroups': anything,
  'ec2:DescribeFlowLogs': anything,
  'ec2:DescribeImages': anything,
  'ec2:DescribeInstanceAttribute': instances,
  'ec2:DescribeInstanceTypes': anything,
  'ec2:DescribeInstances': anything,
  'ec2:DescribeLaunchTemplateVersions': anything,
  'ec2:DescribeNetworkAcls': anything,
  'ec2:DescribeNetworkInterfaces': anything,
  'ec2:DescribeRouteTables': anything,
  'ec2:DescribeSecurityGroups': anything,
  'ec2:DescribeSubnets': anything,
  'ec2:DescribeVpcEndpoints': anything,
  'ec2:DescribeVpcs': anything,
  // lists of AWS and of other accounts are no resources of this one
  'ec2:GetManagedPrefixListEntries': anything,
  'ecs:DescribeCapacityProviders': capacityProviders,
  'ecs:DescribeClusters': ecs,
  'ecs:DescribeContainerInstances': ecs,
  'ecs:DescribeServices': ecs,
  'ecs:DescribeTaskDefinition': anything,
  'ecs:DescribeTasks': ecs,
  'ecs:ListAccountSettings': anything,
  'ecs:ListClusters': anything,
  'ecs:ListContainerInstances': ecs,
  'ecs:ListServices': anything,
  // asked about container instances, named or not: AWS's examples allow it on everything
  'ecs:ListTasks': anything,
  'elasticfilesystem:DescribeMountTargets': fileSystems,
  'elasticloadbalancing:DescribeLoadBalancers': anything,
  'elasticloadbalancing:DescribeTags': anything,
  'elasticloadbalancing:DescribeTargetGroupAttributes': anything,
  'elasticloadbalancing:DescribeTargetGroups': anything,
  'elasticloadbalancing:DescribeTargetHealth': anything,
  'servicediscovery:GetService': cloudMap,
  'servicediscovery:ListInstances': cloudMap,
  'servicediscovery:ListServices': anything,
  'servicediscovery:ListTagsForResource': anything,
  'vpc-lattice:GetTargetGroup': lattice,
};

/** @throws for an action that has no line above: nobody could be told on what to allow it */
export function toRead(action: string): Permission {
  const on = accesses[action];
  if (!on) throw new Error(`${action} is no read that lib/permissions/reads.ts knows: say there on what it is allowed`);
  return { action, on };
}

/**
 * What every pass reads, whatever its rules: without these no resource can be found and put into its scope with the
 * posture that it has.
 */
export const placementReads: readonly string[] = [
  'ec2:DescribeInstances',
  'ec2:DescribeSubnets',
  'ecs:DescribeClusters',
  'ecs:DescribeContainerInstances',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:ListClusters',
  'ecs:ListContainerInstances',
  'ecs:ListServices',
  'ecs:ListTasks',
];

/** Tags that cost a call of their own: read where they may be written, or where a scope matches by them. */
export const tagReads: readonly string[] = [
  'elasticloadbalancing:DescribeTags',
  'servicediscovery:ListTagsForResource',
];
