import { cloudmapInstanceOrphaned } from '../../lib/rules/cloudmap-instance-orphaned';
import { aCloudMapInstance, aCloudMapService, aService, aTask, REGISTRY_ARN, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const service = aService({ registries: [{ registryArn: REGISTRY_ARN }] });
const world: Contents = { services: [service], cloudMapServices: [aCloudMapService()], tasks: [aTask({ id: 'b2', ipv6Addresses: ['2001:db8::b'] })] }; // prettier-ignore
const deregister = 'aws servicediscovery deregister-instance --region eu-west-2 --service-id srv-api --instance-id';

testRule(cloudmapInstanceOrphaned, {
  valid: [
    { name: 'its task runs', resource: aCloudMapInstance(), world: { ...world, tasks: [aTask()] } },
    { name: 'registered by something else', resource: aCloudMapInstance({ ecsServiceName: undefined }), world },
    { name: 'of a service that is not ours', resource: aCloudMapInstance({ ecsServiceName: 'theirs' }), world },
    { name: 'of another region', resource: aCloudMapInstance({ attributes: { REGION: 'eu-west-1' } }), world },
  ],
  invalid: [
    { name: 'no task has its id or address', resource: aCloudMapInstance(), world, reports: { messageId: 'orphaned', remedy: 'auto', message: 'a1 (2001:db8:0:1::a) in Cloud Map service api belongs to no task of api.', actual: { registered: true, ipv6: '2001:db8:0:1::a' }, related: [REGISTRY_ARN, SERVICE_ARN], fix: [`${deregister} a1`] } },
    { name: 'an IPv4 address left behind', resource: aCloudMapInstance({ ipv6: undefined, ipv4: '10.0.0.7' }), world, reports: { message: 'a1 (10.0.0.7) in Cloud Map service api belongs to no task of api.' } },
    { name: 'no address', resource: aCloudMapInstance({ ipv6: undefined }), world, reports: { message: 'a1 (no address) in Cloud Map service api belongs to no task of api.' } },
    { name: 'the ECS service does not name the registry', resource: aCloudMapInstance(), world: { ...world, services: [aService()] }, reports: { remedy: 'suggest' } },
    { name: 'the ECS service names another registry', resource: aCloudMapInstance(), world: { ...world, services: [aService({ registries: [{ registryArn: 'arn:other' }] })] }, reports: { remedy: 'suggest' } },
    { name: 'an id that a shell would misread, in a Cloud Map service that was not read', resource: aCloudMapInstance({ instanceId: "it's $(x)" }), world: { ...world, cloudMapServices: [] }, reports: { fix: [String.raw`${deregister} 'it'\''s $(x)'`] } },
  ],
  unknown: [
    { name: 'a gap in tasks', resource: aCloudMapInstance(), world: { ...world, gaps: [aGap()] }, because: 'tasks' },
    { name: 'whose service it is', resource: aCloudMapInstance(), world: { gaps: [aGap({ collection: 'services' })] }, because: 'services' },
  ],
  apply: ({ registered }, one) => (registered === false ? undefined : one),
}); // prettier-ignore
