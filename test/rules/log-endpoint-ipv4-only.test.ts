import { logEndpointIpv4Only } from '../../lib/rules/log-endpoint-ipv4-only';
import type { ContainerDefinition, TaskDefinition } from '../../lib/snapshot/snapshot';
import { aService, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
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
    { name: 'another host that is known to do', resource: splunk, world, options: { allowHosts: ['*.example.com'] } },
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
  ],
  unknown: [
    { name: 'another host', resource: splunk, world, because: 'splunk.example.com can be reached over IPv6' },
    { name: 'its users could not be read', resource: old, world: { gaps: [aGap({ collection: 'services' })] }, because: 'services' },
  ],
  // whoever has an address there gives the other by hand
  apply: ({ endpoints }, { resource, world: same }) => ({
    world: same,
    resource: {
      ...resource,
      containers: resource.containers.map((one) => ({
        ...one,
        logging: { driver: 'awslogs', endpoints: (endpoints as Record<string, Record<string, string>>)[one.name] ?? {} },
      })),
    },
  }),
}); // prettier-ignore
