import { logEndpointIpv4Only } from '../../lib/rules/log-endpoint-ipv4-only';
import type { ContainerDefinition, TaskDefinition } from '../../lib/snapshot/snapshot';
import { anAccount, aService, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const container = (name: string, endpoints: Record<string, string>, driver = 'awslogs'): ContainerDefinition => ({ name, logging: { driver, endpoints } }); // prettier-ignore
const logging = (...containers: ContainerDefinition[]): TaskDefinition => aTaskDefinition({ containers });
const OLD = 'https://logs.eu-west-2.amazonaws.com';
const NEW = 'https://logs.eu-west-2.api.aws';
const old = logging(container('app', { 'awslogs-endpoint': OLD }));
const splunk = logging(container('app', { 'splunk-url': 'https://splunk.example.com:8088' }, 'splunk'));
const world: Contents = { services: [aService()] };
const alone = aTask({ serviceName: undefined });

// Fargate's FIPS mode is there in GovCloud only, off unless somebody turns it on
const plain = logging(container('app', {}), container('own', { 'awslogs-endpoint': 'https://logs.us-gov-west-1.api.aws' }), container('b', { 'splunk-url': 'https://[2001:db8::5]:8088' }, 'splunk'), { name: 'quiet' }); // prettier-ignore
const gov = (fargateFIPSMode: string | undefined, over: Contents = world): Contents => ({
  ...over,
  region: 'us-gov-west-1',
  accounts: [anAccount(fargateFIPSMode === undefined ? {} : { fargateFIPSMode })],
});
const unread = (over: Contents = world): Contents => ({
  ...gov('enabled', over),
  accounts: [],
  hasSurroundings: false,
});
const denied: Contents = {
  ...gov(undefined),
  accounts: [{ id: anAccount().id }],
  gaps: [aGap({ collection: 'accounts', call: 'ecs:ListAccountSettings' })],
};
const onHosts: Contents = { services: [aService({ launchType: 'EC2' })] };
const bySpot = aService({ launchType: undefined, capacityProviders: ['FARGATE_SPOT'] });
const only = (...requiresCompatibilities: TaskDefinition['requiresCompatibilities']): TaskDefinition => ({ ...plain, requiresCompatibilities }); // prettier-ignore
const fipsReport =
  'api:3 sends logs of app in FIPS mode of Fargate, for which CloudWatch Logs has no endpoint with an IPv6 address.';

testRule(logEndpointIpv4Only, {
  valid: [
    { name: 'the driver chooses', resource: logging(container('app', {})), world },
    { name: 'no log configuration', resource: aTaskDefinition(), world },
    { name: 'by the dual-stack name', resource: logging(container('app', { 'awslogs-endpoint': NEW })), world },
    { name: 'dual-stack wanted', resource: old, world, posture: 'dual-stack' },
    { name: 'Windows', resource: { ...old, operatingSystem: 'windows' }, world },
    { name: 'no network at all', resource: { ...old, networkMode: 'none' }, world },
    { name: 'on ECS Anywhere alone', resource: old, world: { services: [aService({ launchType: 'EXTERNAL' })] } },
    { name: 'used by nothing', resource: old },
    { name: 'the driver chooses, for users that could not be read', resource: logging(container('app', {})), world: { gaps: [aGap({ collection: 'services' })] } },
    { name: 'another host that is known to do', resource: splunk, world, options: { allowHosts: ['*.example.com'] } },
    { name: 'FIPS mode is off', resource: plain, world: gov('disabled') },
    { name: 'FIPS mode is what it is where nobody set it', resource: plain, world: gov(undefined) },
    { name: 'FIPS mode is off, of ARM64 too', resource: { ...plain, architecture: 'arm64' }, world: gov('disabled') },
    { name: 'FIPS mode, and each container names its endpoint', resource: logging(container('app', { 'awslogs-endpoint': 'https://logs.us-gov-west-1.api.aws' })), world: gov('enabled') },
    { name: 'FIPS mode, and nothing goes to CloudWatch', resource: logging(container('app', {}, 'awsfirelens'), { name: 'quiet' }), world: gov('enabled') },
    { name: 'FIPS mode, on EC2 alone', resource: plain, world: gov('enabled', onHosts) },
    { name: 'FIPS mode, on EC2 by tasks alone', resource: plain, world: gov('enabled', { tasks: [{ ...alone, launchType: 'EC2' }] }) },
    { name: 'FIPS mode, used by nothing', resource: plain, world: gov('enabled', {}) },
    { name: 'FIPS mode, dual-stack wanted', resource: plain, world: gov('enabled'), posture: 'dual-stack' },
    { name: 'FIPS mode, when CloudWatch Logs has an endpoint', resource: plain, world: gov('enabled'), facts: { 'fargate-fips-logs-dual-stack': true } },
    { name: 'FIPS mode out of GovCloud, which is none', resource: plain, world: { ...gov('enabled'), region: 'us-east-1' } },
    { name: 'FIPS mode is off, users could not be read', resource: plain, world: { ...gov('disabled', onHosts), gaps: [aGap()] } },
    { name: 'FIPS mode, of a revision for EC2, and other users could not be read', resource: only('EC2'), world: { ...gov('enabled', onHosts), gaps: [aGap()] } },
    { name: 'settings unread out of GovCloud', resource: plain, world: { ...unread(), region: 'us-east-1' } },
    { name: 'settings denied, on EC2 alone', resource: plain, world: { ...denied, ...onHosts } },
    { name: 'settings unread, and each container names its endpoint', resource: logging(container('app', { 'awslogs-endpoint': 'https://logs.us-gov-west-1.api.aws' })), world: unread() },
    { name: 'settings unread, of a revision for EC2', resource: only('EC2'), world: unread(onHosts) },
    { name: 'settings unread, in a network mode that Fargate has not', resource: { ...plain, networkMode: 'bridge' }, world: unread(onHosts) },
    { name: 'an interface endpoint answers for the name over IPv6', resource: old, world, options: { allowHosts: ['logs.eu-west-2.amazonaws.com'] } },
  ],
  invalid: [
    {
      name: 'by the IPv4-only name', resource: old, world,
      reports: {
        message: 'api:3 sends logs to logs.eu-west-2.amazonaws.com, which has no IPv6 address.',
        desired: { endpoints: { app: { 'awslogs-endpoint': NEW } } },
        actual: { endpoints: { app: { 'awslogs-endpoint': OLD } } },
        related: [SERVICE_ARN],
        fix: [
          "aws ecs describe-task-definition --region eu-west-2 --task-definition arn:aws:ecs:eu-west-2:111122223333:task-definition/api:3 --include TAGS --output json | jq '.taskDefinition + (if (.tags | length) > 0 then {tags} else {} end) | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt) | .containerDefinitions |= map(if .logConfiguration then .logConfiguration.options += (({\"app\":{\"awslogs-endpoint\":\"https://logs.eu-west-2.api.aws\"}})[.name] // {}) else . end)' > task-definition.json",
          'aws ecs register-task-definition --region eu-west-2 --cli-input-json file://task-definition.json',
          'aws ecs update-service --region eu-west-2 --cluster prod --service api --task-definition api',
        ],
      },
    },
    {
      name: 'an address: nobody but its owner knows another', resource: logging(container('app', { 'fluentd-address': '10.0.0.5:24224' }, 'fluentd')), world: { tasks: [alone] },
      reports: { message: 'api:3 sends logs to 10.0.0.5, which has no IPv6 address.', desired: { endpoints: {} }, related: [alone.arn], fix: [] },
    },
    { name: 'of a service with tasks, and of a task of none', resource: old, world: { ...world, tasks: [aTask(), { ...alone, arn: 'arn:alone' }] }, reports: { related: [SERVICE_ARN, 'arn:alone'] } },
    { name: 'two hosts, told in order', resource: logging(container('app', { 'awslogs-endpoint': OLD, 'firehose-endpoint': 'https://firehose.eu-west-2.amazonaws.com' })), world, reports: { message: 'api:3 sends logs to firehose.eu-west-2.amazonaws.com and logs.eu-west-2.amazonaws.com, which has no IPv6 address.' } },
    {
      name: 'several containers, one of them unknown', resource: logging(container('app', { 'awslogs-endpoint': OLD }), container('b', { 'awslogs-endpoint': OLD, endpoint: OLD }), container('c', { Host: 'logs.example.com' }, 'awsfirelens')), world,
      reports: { desired: { endpoints: { app: { 'awslogs-endpoint': NEW }, b: { 'awslogs-endpoint': NEW, endpoint: NEW } } } },
    },
    {
      name: 'in FIPS mode', resource: plain, world: gov('enabled'),
      reports: { messageId: 'fips', message: fipsReport, desired: { fipsLogs: [] }, actual: { fipsLogs: ['app'], fargateFIPSMode: 'enabled' }, related: [SERVICE_ARN], fix: [] },
    },
    { name: 'in FIPS mode, of x86_64', resource: { ...plain, architecture: 'x86_64' }, world: gov('enabled'), reports: { message: fipsReport } },
    { name: 'in FIPS mode, in the other region', resource: plain, world: { ...gov('enabled'), region: 'us-gov-east-1' }, reports: { message: fipsReport } },
    { name: 'in FIPS mode, by a capacity provider', resource: plain, world: gov('enabled', { services: [bySpot] }), reports: { message: fipsReport } },
    { name: 'in FIPS mode, by a task of no service', resource: plain, world: gov('enabled', { tasks: [alone] }), reports: { message: fipsReport, related: [alone.arn] } },
    { name: 'in FIPS mode, beside a service on EC2', resource: plain, world: gov('enabled', { services: [aService({ launchType: 'EC2' }), aService({ name: 'b', arn: 'arn:b' })] }), reports: { message: fipsReport } },
    { name: 'in FIPS mode, beside a host of which nobody knows', resource: logging(container('app', {}), container('b', { 'splunk-url': 'https://splunk.example.com' }, 'splunk')), world: gov('enabled'), reports: { message: fipsReport } },
    { name: 'in FIPS mode, and a host by name: that comes first, whether settings were read or not', resource: logging(container('app', {}), container('b', { 'awslogs-endpoint': OLD })), world: unread(), reports: { messageId: 'ipv4' } },
  ],
  unknown: [
    { name: 'GovCloud: settings were not read', resource: plain, world: unread(), because: 'this pass did not' },
    { name: 'GovCloud: settings were not read, and a pass sees one user of several', resource: plain, world: unread(onHosts), because: 'not read' },
    { name: 'GovCloud: the same of a revision for both', resource: only('EC2', 'FARGATE'), world: unread(onHosts), because: 'not read' },
    { name: 'GovCloud: settings were not read, and another host', resource: logging(container('app', {}), container('b', { 'splunk-url': 'https://splunk.example.com' }, 'splunk')), world: unread(), because: 'splunk.example.com can be reached over IPv6' },
    { name: 'GovCloud: settings could not be read', resource: plain, world: denied, because: 'AccessDenied' },
    { name: 'GovCloud: a value that nobody knows', resource: plain, world: gov('on'), because: 'names on' },
    { name: 'GovCloud: FIPS mode and ARM64', resource: { ...plain, architecture: 'arm64' }, world: gov('enabled'), because: 'ARM64' },
    { name: 'GovCloud: FIPS mode, on EC2, and other users could not be read', resource: plain, world: { ...gov('enabled', onHosts), gaps: [aGap()] }, because: 'tasks' },
    { name: 'GovCloud: FIPS mode, its users could not be read', resource: plain, world: { ...gov('enabled', {}), gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'another host', resource: splunk, world, because: 'splunk.example.com can be reached over IPv6' },
    { name: 'its users could not be read', resource: old, world: { gaps: [aGap({ collection: 'services' })] }, because: 'services' },
  ],
  // whoever has an address there gives the other by hand, and says where logs go in FIPS mode
  apply: ({ endpoints = {} }, { resource, world: same }) => ({
    world: same,
    resource: {
      ...resource,
      containers: resource.containers.map((one) => ({
        ...one,
        logging: { driver: same?.region ? 'fluentd' : 'awslogs', endpoints: (endpoints as Record<string, Record<string, string>>)[one.name] ?? {} },
      })),
    },
  }),
}); // prettier-ignore
