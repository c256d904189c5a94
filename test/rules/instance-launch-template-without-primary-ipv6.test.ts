import { instanceLaunchTemplateWithoutPrimaryIpv6 } from '../../lib/rules/instance-launch-template-without-primary-ipv6';
import type { TemplateVersion } from '../../lib/snapshot/host-resources';
import { aBridgeTask, aCluster, aContainerInstance, aLaunchTemplate, anAutoScalingGroup, anInstance, aService, aTargetGroup, aTaskDefinition, SERVICE_ARN } from '../support/builders'; // prettier-ignore
import type { Service } from '../../lib/snapshot/snapshot';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const lacking: TemplateVersion = { number: 3, hasPrimaryInterface: true, primaryIpv6: false };
const bare: TemplateVersion = { number: 4, hasPrimaryInterface: false, primaryIpv6: false };
const good: TemplateVersion = { number: 5, hasPrimaryInterface: true, primaryIpv6: true };
const template = (...versions: readonly (readonly [string, TemplateVersion])[]) => aLaunchTemplate({ versions: new Map(versions) }); // prettier-ignore
const launched = (id: string, group: string) => anInstance({ id, tags: { 'aws:autoscaling:groupName': group } });
const bridge = aTaskDefinition({ networkMode: 'bridge' });
const asks = (version: string) => [{ templateId: 'lt-1', version }];
const idle: Contents = { autoScalingGroups: [anAutoScalingGroup()], instances: [launched('i-1', 'hosts')], containerInstances: [aContainerInstance()] }; // prettier-ignore
const busy: Contents = { ...idle, services: [aService({ subnetIds: [] })], tasks: [aBridgeTask()], taskDefinitions: [bridge] }; // prettier-ignore
const fixed: Contents = { ...busy, autoScalingGroups: [anAutoScalingGroup({ templates: asks('3') })] };
const configured: Contents = { ...busy, autoScalingGroups: [anAutoScalingGroup({ templates: [], launchConfiguration: 'old' })] }; // prettier-ignore
const group = anAutoScalingGroup().arn;
const configuration = aLaunchTemplate({ id: group, arn: group, name: 'old', isConfiguration: true, versions: new Map() }); // prettier-ignore
const changed = (version: string): string => `"$(aws ec2 describe-launch-template-versions --region eu-west-2 --launch-template-id lt-1 --versions ${version} --query 'LaunchTemplateVersions[0].LaunchTemplateData' --output json | jq -c '.NetworkInterfaces = ((.NetworkInterfaces // [{DeviceIndex: 0, Groups: .SecurityGroupIds}]) | map(if (.DeviceIndex // 0) == 0 then .PrimaryIpv6 = true else . end) | map(with_entries(select(.value != null)))) | del(.SecurityGroupIds)')"`; // prettier-ignore
const create = (version: string): string => `aws ec2 create-launch-template-version --region eu-west-2 --launch-template-id lt-1 --launch-template-data ${changed(version)}`; // prettier-ignore
const newest = `$(aws ec2 describe-launch-template-versions --region eu-west-2 --launch-template-id lt-1 --versions '$Latest' --query 'LaunchTemplateVersions[0].VersionNumber' --output text)`; // prettier-ignore
const update = (name: string): string => `aws autoscaling update-auto-scaling-group --region eu-west-2 --auto-scaling-group-name ${name} --launch-template "LaunchTemplateId=lt-1,Version=${newest}"`; // prettier-ignore
const needed = 'New hosts of hosts get no primary IPv6 address, which tasks of api need: ';

/** Behind a provider of the cluster, and without a host. */
const empty: Contents = { autoScalingGroups: [anAutoScalingGroup()], capacityProviders: [{ name: 'p', autoScalingGroup: 'hosts' }], clusters: [aCluster({ capacityProviders: ['p'] })] }; // prettier-ignore
const hosted = (over: Partial<Service> = {}): Contents => ({ ...empty, services: [aService({ subnetIds: [], launchType: undefined, capacityProviders: ['p'], ...over })], taskDefinitions: [bridge] }); // prettier-ignore
const unreadProviders = aGap({ call: 'ecs:DescribeCapacityProviders', collection: 'capacityProviders' });
const ipv4Group = { targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] };

testRule(instanceLaunchTemplateWithoutPrimaryIpv6, {
  valid: [
    { name: 'asks for it', resource: aLaunchTemplate(), world: busy },
    { name: 'a version that no group uses any more', resource: template(['$Latest', lacking]), world: busy },
    { name: 'no group', resource: template(['$Default', lacking]) },
    { name: 'dual-stack, registered by IPv4', resource: template(['$Default', lacking]), world: busy, posture: 'dual-stack' },
    { name: 'no container instance', resource: template(['$Default', lacking]), world: { ...idle, containerInstances: [] } },
    { name: 'an empty group that no cluster has, and one whose cluster is not there', resource: template(['$Default', lacking]), world: { ...empty, clusters: [aCluster({ capacityProviders: ['other'] })] } },
    { name: 'an empty group of a dual-stack cluster, registered by IPv4', resource: template(['$Default', lacking]), world: { ...hosted(), ...ipv4Group }, posture: 'dual-stack' },
    { name: 'IPv4', resource: template(['$Default', lacking]), world: busy, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'the default version', resource: template(['$Default', lacking]), world: busy, reports: { messageId: 'needed', severity: 'critical', message: `${needed}of the launch template hosts, version 3 does not set PrimaryIpv6.`, actual: { primaryIpv6: false, versions: { $Default: lacking } }, related: [group, anInstance().arn, SERVICE_ARN], fix: [create('3'), `aws ec2 modify-launch-template --region eu-west-2 --launch-template-id lt-1 --default-version "${newest}"`] } },
    { name: 'without an interface', resource: template(['$Default', bare]), world: busy, reports: { message: `${needed}of the launch template hosts, version 4 describes no interface on which to set PrimaryIpv6.` } },
    { name: 'nothing needs it now', resource: template(['$Default', lacking]), world: idle, reports: { messageId: 'idle', severity: 'low', message: 'New hosts of hosts get no primary IPv6 address: of the launch template hosts, version 3 does not set PrimaryIpv6. Nothing there needs one now.' } },
    { name: 'the latest version', resource: template(['$Latest', lacking]), world: { ...busy, autoScalingGroups: [anAutoScalingGroup({ templates: asks('$Latest') })] }, reports: { fix: [create('3')] } },
    { name: 'a version by its number', resource: template(['3', lacking]), world: fixed, reports: { fix: [create('3'), update('hosts')] } },
    { name: 'a version by its number, which another template has too', resource: template(['3', lacking], ['5', good]), world: { ...fixed, autoScalingGroups: [...(fixed.autoScalingGroups ?? []), anAutoScalingGroup({ name: 'others', templates: [{ templateId: 'lt-2', version: '3' }, ...asks('5')] })] }, reports: { message: `${needed}of the launch template hosts, version 3 does not set PrimaryIpv6.`, fix: [create('3'), update('hosts')] } },
    { name: 'two versions by number, each for its own group', resource: template(['3', lacking], ['4', bare]), world: { ...fixed, autoScalingGroups: [...(fixed.autoScalingGroups ?? []), anAutoScalingGroup({ name: 'more', templates: asks('4') })] }, reports: { fix: [create('3'), update('hosts'), create('4'), update('more')] } },
    { name: 'in a mixed instances policy', resource: template(['$Default', good], ['3', lacking]), world: { ...busy, autoScalingGroups: [anAutoScalingGroup({ isMixed: true, templates: [...asks('$Default'), ...asks('3')] })] }, reports: { actual: { primaryIpv6: false, versions: { 3: lacking } }, fix: [create('3'), 'aws autoscaling describe-auto-scaling-groups --region eu-west-2 --auto-scaling-group-names hosts'] } },
    { name: 'several groups and versions are one finding', resource: template(['$Default', lacking], ['$Latest', bare], ['3', lacking]), world: { ...busy, autoScalingGroups: [anAutoScalingGroup(), anAutoScalingGroup({ name: 'more', templates: asks('$Latest') }), anAutoScalingGroup({ name: 'most', templates: asks('3') })] }, reports: { message: 'New hosts of hosts, more and most get no primary IPv6 address, which tasks of api need: of the launch template hosts, version 3 does not set PrimaryIpv6 and version 4 describes no interface on which to set PrimaryIpv6.' } },
    { name: 'a launch configuration', resource: configuration, world: configured, reports: { message: `${needed}its launch configuration old cannot ask for one, only a launch template can.`, fix: ['aws autoscaling describe-launch-configurations --region eu-west-2 --launch-configuration-names old'] } },
    { name: 'the need of one host is enough', resource: template(['$Default', lacking]), world: { ...busy, instances: [launched('i-1', 'hosts'), launched('i-2', 'hosts')], containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'arn:aws:ecs:eu-west-2:111122223333:container-instance/other/2', clusterArn: 'arn:aws:ecs:eu-west-2:111122223333:cluster/other', ec2InstanceId: 'i-2' })], gaps: [aGap()] }, reports: { severity: 'critical' } },
    { name: 'a group without hosts, for which a service waits', resource: template(['$Default', lacking]), world: hosted(), reports: { messageId: 'needed', severity: 'critical', message: `${needed}of the launch template hosts, version 3 does not set PrimaryIpv6.`, related: [group, SERVICE_ARN] } },
    { name: 'a group without hosts, for which a service of a dual-stack cluster waits', resource: template(['$Default', lacking]), world: { ...hosted(), targetGroups: [aTargetGroup()] }, posture: 'dual-stack', reports: { severity: 'critical' } },
    { name: 'a group without hosts, on which a service could be placed', resource: template(['$Default', lacking]), world: hosted({ capacityProviders: [], launchType: 'EC2' }), reports: { severity: 'critical' } },
    { name: 'a group without hosts, whose services have another provider', resource: template(['$Default', lacking]), world: hosted({ capacityProviders: ['other'] }), reports: { messageId: 'idle', severity: 'low' } },
    { name: 'a group whose instance is no host yet', resource: template(['$Default', lacking]), world: { ...hosted(), instances: [launched('i-1', 'hosts')] }, reports: { severity: 'critical' } },
    { name: 'one of two groups has no hosts', resource: template(['$Default', lacking]), world: { ...idle, ...hosted(), containerInstances: [aContainerInstance({ clusterArn: 'arn:aws:ecs:eu-west-2:111122223333:cluster/other' })], autoScalingGroups: [anAutoScalingGroup(), anAutoScalingGroup({ name: 'more' })], capacityProviders: [{ name: 'p', autoScalingGroup: 'more' }] }, reports: { severity: 'critical' } },
    { name: 'idle, and what else stands behind providers could not be read', resource: template(['$Default', lacking]), world: { ...idle, gaps: [unreadProviders] }, reports: { severity: 'low' } },
  ],
  unknown: [
    { name: 'the providers of the cluster could not be read', resource: template(['$Default', lacking]), world: { gaps: [unreadProviders], autoScalingGroups: [anAutoScalingGroup()] }, because: 'AccessDenied' },
    { name: 'hosts of the group may be among those that were not read', resource: template(['$Default', lacking]), world: { ...hosted(), gaps: [aGap({ collection: 'containerInstances' })] }, because: 'AccessDenied' },
    { name: 'what hosts of the group may be could not be read', resource: template(['$Default', lacking]), world: { ...hosted(), gaps: [aGap({ collection: 'instances' })] }, because: 'AccessDenied' },
    { name: 'which services the cluster has could not be read', resource: template(['$Default', lacking]), world: { ...empty, gaps: [aGap({ collection: 'services' })] }, because: 'AccessDenied' },
    { name: 'of which group the service of a dual-stack cluster is could not be read', resource: template(['$Default', lacking]), world: { ...hosted(), gaps: [aGap({ collection: 'targetGroups' })] }, posture: 'dual-stack', because: 'AccessDenied' },
    { name: 'what runs on the hosts could not be read', resource: template(['$Default', lacking]), world: { ...idle, gaps: [aGap()] }, because: 'AccessDenied' },
    { name: 'what runs on one of the hosts could not be read', resource: template(['$Default', lacking]), world: { ...idle, instances: [launched('i-0', 'hosts'), launched('i-1', 'hosts'), launched('i-2', 'hosts')], gaps: [aGap()] }, because: 'AccessDenied' },
  ],
  apply: (_, { resource, world }) => ({
    resource: { ...resource, isConfiguration: false, id: 'lt-1', versions: new Map(['$Default', '$Latest', '3'].map((wanted) => [wanted, good])) },
    world: { ...world, autoScalingGroups: (world?.autoScalingGroups ?? []).map((one) => ({ ...one, launchConfiguration: undefined, templates: asks('$Default') })) },
  }),
}); // prettier-ignore
