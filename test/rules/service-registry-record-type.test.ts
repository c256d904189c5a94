import { serviceRegistryRecordType } from '../../lib/rules/service-registry-record-type';
import type { NetworkMode } from '../../lib/snapshot/snapshot';
import { aCloudMapService, aService, aTaskDefinition, REGISTRY_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const service = aService({ registries: [{ registryArn: REGISTRY_ARN }] });
const withPort = aService({ registries: [{ registryArn: REGISTRY_ARN, containerName: 'app', containerPort: 8080 }] });
const world = (networkMode: NetworkMode, ...recordTypes: readonly string[]): Contents => ({
  taskDefinitions: [aTaskDefinition({ networkMode })],
  cloudMapServices: [aCloudMapService({ recordTypes })],
});
const create = (records: string): string => `aws servicediscovery create-service --region eu-west-2 --name api-ipv6 --dns-config 'DnsRecords=[${records}]' --query Service.Arn --output text --namespace-id "$(aws servicediscovery get-service --region eu-west-2 --id srv-api --query Service.NamespaceId --output text)"`; // prettier-ignore
const update = (records: string, ports = ''): string => `aws ecs update-service --region eu-west-2 --cluster prod --service api --service-registries registryArn="$(${create(records)})"${ports}`; // prettier-ignore

testRule(serviceRegistryRecordType, {
  valid: [
    { name: 'AAAA', resource: service, world: world('awsvpc', 'AAAA') },
    { name: 'SRV', resource: withPort, world: world('awsvpc', 'SRV') },
    { name: 'AAAA and SRV', resource: withPort, world: world('awsvpc', 'AAAA', 'SRV') },
    { name: 'no records, in an HTTP namespace', resource: service, world: world('awsvpc') },
    { name: 'no records of bridge tasks', resource: service, world: world('bridge') },
    { name: 'dual-stack: A and AAAA', resource: service, posture: 'dual-stack', world: world('awsvpc', 'A', 'AAAA') },
    { name: 'dual-stack: A and SRV', resource: service, posture: 'dual-stack', world: world('awsvpc', 'A', 'SRV') },
    { name: 'SRV of bridge tasks', resource: withPort, world: world('bridge', 'SRV') },
    { name: 'SRV of host tasks', resource: withPort, world: world('host', 'SRV') },
    { name: 'SRV where no mode is stated', resource: withPort, posture: 'dual-stack', world: world('default', 'SRV') },
    { name: 'no registry', resource: aService(), world: world('awsvpc', 'A') },
    { name: 'the registry is gone', resource: service, world: { taskDefinitions: [aTaskDefinition()] } },
    { name: 'its registry was read, others could not be', resource: service, world: { ...world('awsvpc', 'AAAA'), gaps: [aGap({ collection: 'cloudMapServices' })] } },
    { name: 'the revision is gone', resource: service, world: { cloudMapServices: [aCloudMapService({ recordTypes: ['A'] })] } },
    { name: 'the service is going away', resource: { ...service, status: 'DRAINING' }, world: world('awsvpc', 'A') },
    { name: 'an IPv4 service', resource: service, posture: 'ipv4', world: world('awsvpc', 'A') },
  ],
  invalid: [
    { name: 'A of IPv6-only tasks', resource: service, world: world('awsvpc', 'A'), reports: { messageId: 'types', severity: 'high', message: 'api registers in api with A records; ipv6-only awsvpc tasks take AAAA and SRV.', desired: { recordTypes: ['AAAA'] }, related: [REGISTRY_ARN], fix: [update('{Type=AAAA,TTL=60}')] } },
    { name: 'A, by what its current task set starts', resource: { ...service, deploymentController: 'EXTERNAL', taskDefinitionArn: undefined, deployments: [{ id: 'old', status: 'ACTIVE', rolloutState: 'COMPLETED', taskDefinitionArn: 'arn:old' }, ...service.deployments] }, world: { ...world('awsvpc', 'A'), taskDefinitions: [aTaskDefinition(), aTaskDefinition({ arn: 'arn:old', networkMode: 'bridge' })] }, reports: { messageId: 'types', desired: { recordTypes: ['AAAA'] } } },
    { name: 'one registry of two', resource: aService({ registries: [{ registryArn: 'arn:fine' }, { registryArn: REGISTRY_ARN }] }), world: { ...world('awsvpc', 'A'), cloudMapServices: [aCloudMapService({ arn: 'arn:fine', id: 'srv-fine' }), aCloudMapService({ recordTypes: ['A'] })] }, reports: { related: [REGISTRY_ARN] } },
    { name: 'A and AAAA of IPv6-only tasks', resource: service, world: world('awsvpc', 'A', 'AAAA'), reports: { desired: { recordTypes: ['AAAA'] } } },
    { name: 'A and SRV of IPv6-only tasks: the port stays', resource: withPort, world: world('awsvpc', 'A', 'SRV'), reports: { desired: { recordTypes: ['SRV'] }, fix: [update('{Type=SRV,TTL=60}', ',containerName=app,containerPort=8080')] } },
    { name: 'CNAME', resource: service, posture: 'dual-stack', world: world('awsvpc', 'CNAME'), reports: { messageId: 'types', desired: { recordTypes: ['AAAA'] } } },
    { name: 'A and CNAME: none of them stays', resource: service, posture: 'dual-stack', world: world('awsvpc', 'A', 'CNAME'), reports: { messageId: 'types', desired: { recordTypes: ['AAAA'] } } },
    { name: 'AAAA of bridge tasks', resource: withPort, world: world('bridge', 'AAAA'), reports: { message: 'api registers in api with AAAA records; ipv6-only bridge tasks take SRV.', desired: { recordTypes: ['SRV'] } } },
    { name: 'A of host tasks, dual-stack', resource: withPort, posture: 'dual-stack', world: world('host', 'A'), reports: { desired: { recordTypes: ['SRV'] } } },
    { name: 'SRV and A where no mode is stated', resource: withPort, world: world('default', 'SRV', 'A'), reports: { desired: { recordTypes: ['SRV'] } } },
    { name: 'dual-stack: A alone', resource: service, posture: 'dual-stack', world: world('awsvpc', 'A'), reports: { messageId: 'ipv4', severity: 'low', message: 'api registers in api with A records only: names lead to no IPv6 address.', desired: { recordTypes: ['A', 'AAAA'] }, fix: [update('{Type=A,TTL=60},{Type=AAAA,TTL=60}')] } },
    { name: 'what another controller deploys', resource: { ...service, deploymentController: 'EXTERNAL' }, world: world('awsvpc', 'A'), reports: { fix: [create('{Type=AAAA,TTL=60}')] } },
  ],
  unknown: [
    { name: 'the registry could not be read', resource: service, world: { taskDefinitions: [aTaskDefinition()], gaps: [aGap({ collection: 'cloudMapServices' })] }, because: 'cloudMapServices' },
    { name: 'the revision could not be read', resource: service, world: { cloudMapServices: [aCloudMapService()], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ recordTypes }, { resource, world: before = {} }) => {
    const types = Array.isArray(recordTypes) ? recordTypes.map(String) : [];
    return { resource, world: { ...before, cloudMapServices: [aCloudMapService({ recordTypes: types })] } };
  },
}); // prettier-ignore
