import { cloudmapInstanceWithoutIpv6 } from '../../lib/rules/cloudmap-instance-without-ipv6';
import {
  aBridgeTask,
  aCloudMapInstance,
  aCloudMapService,
  aContainerInstance,
  anInstance,
  aService,
  aTask,
  REGISTRY_ARN,
  SERVICE_ARN,
  TASK_ADDRESS,
} from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const service = aService({ registries: [{ registryArn: REGISTRY_ARN }] });
const world: Contents = { services: [service], cloudMapServices: [aCloudMapService()], tasks: [aTask()] };
const ipv4 = aCloudMapInstance({ ipv4: '10.0.0.1', ipv6: undefined });
const named = (name: string) => aCloudMapInstance({ ipv6: undefined, attributes: { [name]: 'example.com' } });
const host: Contents = { ...world, tasks: [aBridgeTask()], containerInstances: [aContainerInstance()], instances: [anInstance()] }; // prettier-ignore

testRule(cloudmapInstanceWithoutIpv6, {
  valid: [
    { name: 'an IPv6 address', resource: aCloudMapInstance(), world },
    { name: 'both', resource: aCloudMapInstance({ ipv4: '10.0.0.1' }), world },
    { name: 'an alias', resource: named('AWS_ALIAS_DNS_NAME'), world },
    { name: 'another name', resource: named('AWS_INSTANCE_CNAME'), world },
    { name: 'an IPv4 service', resource: ipv4, posture: 'ipv4', world },
  ],
  invalid: [
    { name: 'of a task', resource: ipv4, world, reports: { messageId: 'owned', severity: 'high', desired: { ipv6: 'present' }, actual: { ipv4: '10.0.0.1', ipv6: 'absent' }, message: 'a1 in Cloud Map service api has no IPv6 address: task a1 of api had none to give.', related: [REGISTRY_ARN, SERVICE_ARN, aTask().arn], fix: [] } },
    { name: 'of a task on a host', resource: ipv4, world: host, reports: { messageId: 'owned', related: [REGISTRY_ARN, SERVICE_ARN, aBridgeTask().arn, anInstance().arn] } },
    { name: 'in a Cloud Map service that is gone', resource: ipv4, world: { ...world, cloudMapServices: [] }, reports: { message: 'a1 in Cloud Map service srv-api has no IPv6 address: task a1 of api had none to give.' } },
    { name: 'of a dual-stack service', resource: ipv4, posture: 'dual-stack', world, reports: { severity: 'medium' } },
    { name: 'of a task on a host that the registration names', resource: { ...ipv4, attributes: { EC2_INSTANCE_ID: 'i-1' } }, world: { ...world, instances: [anInstance()] }, reports: { messageId: 'owned', related: [REGISTRY_ARN, SERVICE_ARN, aTask().arn, anInstance().arn] } },
    { name: 'on one host, by what the registration says, and on another, by its task', resource: { ...ipv4, attributes: { EC2_INSTANCE_ID: 'i-7' } }, world: { ...host, instances: [anInstance(), anInstance({ id: 'i-7' })] }, reports: { related: [REGISTRY_ARN, SERVICE_ARN, aBridgeTask().arn, anInstance({ id: 'i-7' }).arn] } },
    { name: 'registered by hand', resource: aCloudMapInstance({ ipv6: undefined, ecsClusterName: undefined }), world, reports: { messageId: 'other', message: 'a1 in Cloud Map service api has no IPv6 address, and is no known task of ECS.', fix: ['aws servicediscovery deregister-instance --region eu-west-2 --service-id srv-api --instance-id a1'] } },
  ],
  unknown: [
    { name: 'another service of the registry could not be read', resource: aCloudMapInstance({ ipv6: undefined, ecsClusterName: undefined }), world: { ...world, gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'tasks could not be read', resource: ipv4, world: { ...world, tasks: [], gaps: [aGap()] }, because: 'tasks' },
    { name: 'the host of its task could not be read', resource: ipv4, world: { ...host, containerInstances: [], gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'the instance of that host could not be read', resource: ipv4, world: { ...host, instances: [], gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
  ],
  apply: (_desired, { resource, world: before }) => ({ resource: { ...resource, ipv6: TASK_ADDRESS }, world: before }),
}); // prettier-ignore
