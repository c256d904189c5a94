import { efsMountTargetIpv4Only } from '../../lib/rules/efs-mount-target-ipv4-only';
import { aBridgeTask, aContainerInstance, aFileSystem, aMountTarget, anInstance, aService, aSubnet, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders'; // prettier-ignore
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const taskDefinitions = [aTaskDefinition({ fileSystemIds: ['fs-1'] })];
const nativeA = aSubnet();
const dualB = aSubnet({ id: 'subnet-b', availabilityZone: 'eu-west-2b', ipv6Native: false, ipv4Cidr: '10.0.1.0/24' });
const dualA = aSubnet({ ...dualB, id: 'subnet-dual', availabilityZone: 'eu-west-2a' });
const nativeB = aSubnet({ id: 'subnet-nb', availabilityZone: 'eu-west-2b' });
const world: Contents = { taskDefinitions, subnets: [nativeA, dualA, dualB], services: [aService()] };
const ipv4 = aMountTarget({ subnetId: 'subnet-dual', ipv4Address: '10.0.1.9', ipv6Address: undefined });
const inB = aMountTarget({ id: 'fsmt-b', subnetId: 'subnet-b', availabilityZone: 'eu-west-2b' });
const create = (subnet: string, type: string) => `aws efs create-mount-target --region eu-west-2 --file-system-id fs-1 --subnet-id ${subnet} --ip-address-type ${type}`; // prettier-ignore
const away = ['describe-mount-target-security-groups', 'delete-mount-target'].map((verb) => `aws efs ${verb} --region eu-west-2 --mount-target-id fsmt-1`); // prettier-ignore
const alone = aTask({ serviceName: undefined });
const hosts: Contents = { ...world, services: [aService({ subnetIds: [], launchType: 'EC2' })], tasks: [aBridgeTask()], containerInstances: [aContainerInstance()], instances: [anInstance()] }; // prettier-ignore
const both: Contents = {
  ...hosts,
  services: [aService(), aService({ name: 'web', subnetIds: [], launchType: 'EC2' })],
};

testRule(efsMountTargetIpv4Only, {
  valid: [
    { name: 'IPv6 in the zone', resource: aFileSystem(), world },
    ...['creating', 'updating'].map((state) => ({ name: `IPv6 in the zone, ${state}`, resource: aFileSystem({ mountTargets: [aMountTarget({ state })] }), world })),
    { name: 'IPv6 for those that have nothing else, whoever could not be read', resource: aFileSystem(), world: { ...world, gaps: [aGap({ collection: 'services' })] } },
    { name: 'a task with an address of its own, on a host in another zone', resource: aFileSystem({ mountTargets: [aMountTarget(), { ...inB, ipv6Address: undefined }] }), world: { ...hosts, services: [], subnets: [nativeA, nativeB], tasks: [{ ...alone, containerInstanceArn: aContainerInstance().arn }], instances: [anInstance({ subnetId: 'subnet-nb' })] } },
    { name: 'both in the zone', resource: aFileSystem({ mountTargets: [aMountTarget({ ipv4Address: '10.0.1.9' })] }), world },
    { name: 'none in the zone, IPv6 in another one of the VPC', resource: aFileSystem({ mountTargets: [inB] }), world },
    { name: 'dual-stack tasks next to IPv6-only ones, each in its zone', resource: aFileSystem({ mountTargets: [aMountTarget(), { ...inB, ipv6Address: undefined }] }), world: { ...world, services: [aService(), aService({ name: 'web', subnetIds: ['subnet-b'] })] } },
    { name: 'dual-stack wanted', resource: aFileSystem({ mountTargets: [ipv4] }), world, posture: 'dual-stack' },
    { name: 'on hosts', resource: aFileSystem(), world: hosts },
    { name: 'on a host outside of AWS, which is in no subnet', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...hosts, containerInstances: [aContainerInstance({ ec2InstanceId: undefined })] } },
    { name: 'one of the subnets is gone', resource: aFileSystem(), world: { ...world, services: [aService({ subnetIds: ['subnet-1', 'subnet-gone'] })] } },
    { name: 'used by nothing', resource: aFileSystem({ mountTargets: [ipv4] }), world: { taskDefinitions } },
  ],
  invalid: [
    { name: 'IPv4 alone', resource: aFileSystem({ mountTargets: [ipv4] }), world, reports: { messageId: 'ipv4', message: 'fs-1 is mounted by api in eu-west-2a, where its mount targets have no IPv6 address: fsmt-1.', desired: { ipv6MountTargetsIn: ['eu-west-2a'] }, actual: { mountTargets: { 'fsmt-1': '10.0.1.9' } }, related: [SERVICE_ARN], fix: [...away, create('subnet-dual', 'DUAL_STACK')] } },
    { name: 'the one of the zone counts, whatever others have', resource: aFileSystem({ mountTargets: [ipv4, inB, { ...ipv4, id: 'fsmt-far', vpcId: 'vpc-2' }] }), world, reports: { messageId: 'ipv4', actual: { mountTargets: { 'fsmt-1': '10.0.1.9' } }, fix: [...away, create('subnet-dual', 'DUAL_STACK')] } },
    { name: 'in two zones, told in order', resource: aFileSystem({ mountTargets: [] }), world: { ...world, subnets: [aSubnet({ id: 'subnet-2', availabilityZone: 'eu-west-2b' }), nativeA], services: [aService({ subnetIds: ['subnet-2', 'subnet-1'] })] }, reports: { desired: { ipv6MountTargetsIn: ['eu-west-2a', 'eu-west-2b'] } } },
    { name: 'two subnets of a zone are one mount target', resource: aFileSystem({ mountTargets: [] }), world: { ...world, subnets: [nativeA, aSubnet({ id: 'subnet-2' }), aSubnet({ id: 'subnet-c', availabilityZone: 'eu-west-2c' })], services: [aService({ subnetIds: ['subnet-1', 'subnet-2', 'subnet-c'] })] }, reports: { fix: [create('subnet-c', 'IPV6_ONLY'), create('subnet-1', 'IPV6_ONLY')].reverse() } },
    { name: 'in a subnet without IPv6', resource: aFileSystem({ mountTargets: [{ ...ipv4, subnetId: 'subnet-gone' }] }), world, reports: { fix: [...away, create('subnet-1', 'IPV6_ONLY')] } },
    { name: 'in a subnet of no known zone', resource: aFileSystem({ mountTargets: [] }), world: { ...world, subnets: [aSubnet({ availabilityZone: undefined })] }, reports: { message: 'fs-1 is mounted by api in subnet-1, and has no mount target in that VPC.', desired: { ipv6MountTargetsIn: ['subnet-1'] }, fix: [create('subnet-1', 'IPV6_ONLY')] } },
    { name: 'none there', resource: aFileSystem({ mountTargets: [] }), world, reports: { messageId: 'none', message: 'fs-1 is mounted by api in eu-west-2a, and has no mount target in that VPC.', fix: [create('subnet-1', 'IPV6_ONLY')] } },
    { name: 'the only one is being deleted', resource: aFileSystem({ mountTargets: [aMountTarget({ state: 'deleting' })] }), world, reports: { messageId: 'none' } },
    { name: 'the only one, in another VPC, is being deleted', resource: aFileSystem({ mountTargets: [aMountTarget({ state: 'deleting', vpcId: 'vpc-2' })] }), world, reports: { messageId: 'none' } },
    { name: 'IPv4 alone, wherever the tasks of another service are', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...both, tasks: [], gaps: [aGap()] }, reports: { messageId: 'ipv4' } },
    { name: 'by a task of no service', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...world, services: [], tasks: [alone] }, reports: { message: 'fs-1 is mounted by task a1 in eu-west-2a, where its mount targets have no IPv6 address: fsmt-1.', related: [alone.arn] } },
    { name: 'from an IPv6-only host', resource: aFileSystem({ mountTargets: [ipv4] }), world: hosts, reports: { messageId: 'ipv4' } },
    { name: 'wanted, and nobody is there yet', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...world, services: [aService({ subnetIds: ['subnet-dual'] })] }, reports: { messageId: 'ipv4' } },
  ],
  unknown: [
    { name: 'it could not be read', resource: aFileSystem({ mountTargets: undefined }), world: { ...world, gaps: [aGap({ collection: 'fileSystems', resources: ['fs-1'] })] }, because: 'fileSystems' },
    { name: 'it was not read', resource: aFileSystem({ mountTargets: undefined }), world, because: 'not read' },
    { name: 'mount targets in another VPC', resource: aFileSystem({ mountTargets: [aMountTarget({ vpcId: 'vpc-2', ipv6Address: undefined })] }), world, because: 'another VPC' },
    { name: 'mount targets in a VPC that EFS does not name', resource: aFileSystem({ mountTargets: [aMountTarget({ vpcId: undefined })] }), world, because: 'another VPC' },
    { name: 'the subnets could not be read', resource: aFileSystem(), world: { ...world, subnets: [], gaps: [aGap({ collection: 'subnets' })] }, because: 'subnets' },
    { name: 'the hosts could not be read', resource: aFileSystem(), world: { ...hosts, containerInstances: [], gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'the instances could not be read', resource: aFileSystem(), world: { ...hosts, instances: [], gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
    { name: 'the tasks could not be read', resource: aFileSystem(), world: { ...hosts, tasks: [], gaps: [aGap()] }, because: 'tasks' },
    { name: 'some tasks could not be read, and others have what they need', resource: aFileSystem(), world: { ...hosts, gaps: [aGap()] }, because: 'tasks' },
    { name: 'a service has what it needs, and the tasks of another could not be read', resource: aFileSystem(), world: { ...both, tasks: [], gaps: [aGap()] }, because: 'tasks' },
    { name: 'tasks of no service, which may be IPv6-only, could not be read', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...world, services: [aService({ subnetIds: ['subnet-dual'] })], gaps: [aGap()] }, because: '"tasks"' },
    { name: 'revisions, whose tasks may be IPv6-only, could not be read', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...world, services: [aService({ subnetIds: ['subnet-dual'] })], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
    { name: 'nothing to be seen of the tasks on hosts', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...hosts, tasks: [], gaps: [aGap()] }, because: '"tasks"' },
    { name: 'other services, which may be IPv6-only, could not be read', resource: aFileSystem({ mountTargets: [ipv4] }), world: { ...world, services: [aService({ subnetIds: ['subnet-dual'] })], gaps: [aGap({ collection: 'services' })] }, because: 'services' },
  ],
  apply: ({ ipv6MountTargetsIn }, { resource, world: same }) => ({
    world: { ...same, gaps: [] },
    resource: { ...resource, mountTargets: (ipv6MountTargetsIn as string[]).map((availabilityZone) => aMountTarget({ availabilityZone })) },
  }),
}); // prettier-ignore
