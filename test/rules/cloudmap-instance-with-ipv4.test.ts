import { cloudmapInstanceWithIpv4 } from '../../lib/rules/cloudmap-instance-with-ipv4';
import { aCloudMapInstance, aCloudMapService, aService, aTask, REGISTRY_ARN, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const service = aService({ registries: [{ registryArn: REGISTRY_ARN }] });
const world: Contents = { services: [service], cloudMapServices: [aCloudMapService()] };
const task = aTask({ ipv4Addresses: ['10.0.0.1'] });
const ipv4 = aCloudMapInstance({ ipv4: '10.0.0.1' });
const foreign = aCloudMapInstance({ ipv4: '10.0.0.1', ecsClusterName: undefined, ecsServiceName: undefined });
/** Has the address that a1 is registered with. */
const successor = aTask({
  id: 'b2',
  arn: 'arn:aws:ecs:eu-west-2:111122223333:task/prod/b2',
  ipv4Addresses: ['10.0.0.1'],
});
const deregister = 'aws servicediscovery deregister-instance --region eu-west-2 --service-id srv-api --instance-id a1';

testRule(cloudmapInstanceWithIpv4, {
  valid: [
    { name: 'an IPv6 address alone', resource: aCloudMapInstance(), world: { ...world, tasks: [aTask()] } },
    { name: 'a dual-stack service', resource: ipv4, posture: 'dual-stack', world: { ...world, tasks: [task] } },
  ],
  invalid: [
    { name: 'of a task', resource: ipv4, world: { ...world, tasks: [task] }, reports: { messageId: 'owned', message: 'a1 in Cloud Map service api has the IPv4 address 10.0.0.1 of task a1 of api.', remedy: 'suggest', related: [REGISTRY_ARN, SERVICE_ARN, task.arn], fix: [] } },
    { name: 'of a task, whichever others could not be read', resource: ipv4, world: { ...world, tasks: [task], gaps: [aGap()] }, reports: { messageId: 'owned' } },
    { name: 'of a task, where the policy lets it go', resource: ipv4, mayTakeOwned: true, world: { ...world, tasks: [task] }, reports: { remedy: 'auto', fix: [] } },
    { name: 'of a task of another name, where the policy lets go what ECS registers', resource: ipv4, mayTakeOwned: true, world: { ...world, tasks: [successor] }, reports: { remedy: 'suggest' } },
    { name: 'of a task of another name', resource: ipv4, world: { ...world, tasks: [successor] }, reports: { messageId: 'owned', message: 'a1 in Cloud Map service api has the IPv4 address 10.0.0.1 of task b2 of api.' } },
    { name: 'of no task', resource: ipv4, world, reports: { messageId: 'other', message: 'a1 in Cloud Map service api has the IPv4 address 10.0.0.1 and is no known task of ECS.', remedy: 'auto', fix: [deregister] } },
    { name: 'of no task, where the service does not register any more', resource: ipv4, world: { ...world, services: [aService()] }, reports: { messageId: 'other', remedy: 'suggest' } },
    { name: 'of no task, where the service registers elsewhere', resource: ipv4, world: { ...world, services: [aService({ registries: [{ registryArn: 'arn:other' }] })] }, reports: { messageId: 'other', remedy: 'suggest' } },
    { name: 'registered by hand', resource: foreign, world, reports: { messageId: 'other', remedy: 'suggest', related: [REGISTRY_ARN] } },
    { name: 'registered by hand, whichever tasks could not be read', resource: foreign, world: { ...world, gaps: [aGap()] }, reports: { messageId: 'other' } },
  ],
  unknown: [
    { name: 'another service of the registry could not be read', resource: foreign, world: { ...world, gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'of a task of another name, while the one that it names may not have been read', resource: ipv4, world: { ...world, tasks: [successor], gaps: [aGap()] }, because: 'ecs:DescribeTasks' },
    { name: 'tasks could not be read', resource: ipv4, world: { ...world, gaps: [aGap()] }, because: 'ecs:DescribeTasks' },
  ],
  apply: (_desired, { resource, world: before }) => ({ resource: { ...resource, ipv4: undefined }, world: before }),
}); // prettier-ignore
