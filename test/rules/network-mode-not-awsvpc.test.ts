import { networkModeNotAwsvpc } from '../../lib/rules/network-mode-not-awsvpc';
import type { NetworkMode, TaskDefinition } from '../../lib/snapshot/snapshot';
import { aService, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const inMode = (networkMode: NetworkMode): TaskDefinition => aTaskDefinition({ networkMode });
const world: Contents = { services: [aService({ launchType: 'EC2', subnetIds: [] })] };
const byHost = 'load balancers and Cloud Map reach them by the primary IPv6 address of their host';

testRule(networkModeNotAwsvpc, {
  valid: [
    { name: 'awsvpc', resource: inMode('awsvpc'), world },
    { name: 'Windows has default and awsvpc', resource: aTaskDefinition({ networkMode: 'default', operatingSystem: 'windows' }), world },
    { name: 'on ECS Anywhere there is no awsvpc', resource: inMode('bridge'), world: { services: [aService({ launchType: 'EXTERNAL' })] } },
    { name: 'IPv4', resource: inMode('bridge'), world, posture: 'ipv4' },
    { name: 'bridge, which the policy recommends', resource: inMode('bridge'), world, facts: { 'recommended-network-mode': 'bridge' } },
    { name: 'none stated, and the policy recommends bridge', resource: inMode('default'), world, facts: { 'recommended-network-mode': 'bridge' } },
    { name: 'used by nothing', resource: inMode('bridge') },
  ],
  invalid: [
    { name: 'bridge', resource: inMode('bridge'), world, reports: { severity: 'low', message: `api:3 uses network mode bridge: its tasks have no address of their own, ${byHost}, at host ports.`, related: [SERVICE_ARN], fix: ["aws ecs describe-task-definition --region eu-west-2 --task-definition arn:aws:ecs:eu-west-2:111122223333:task-definition/api:3 --include TAGS --output json | jq '.taskDefinition + (if (.tags | length) > 0 then {tags} else {} end) | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt) | .networkMode = \"awsvpc\" | .containerDefinitions |= map(.portMappings |= ((. // []) | map(del(.hostPort))) | del(.links))' > task-definition.json", 'aws ecs register-task-definition --region eu-west-2 --cli-input-json file://task-definition.json'] } },
    { name: 'none stated', resource: inMode('default'), world, reports: { severity: 'low', message: `api:3 states no network mode, so it is bridge: its tasks have no address of their own, ${byHost}, at host ports.` } },
    { name: 'host, dual-stack', resource: inMode('host'), world, posture: 'dual-stack', reports: { severity: 'low', message: `api:3 uses network mode host: its tasks share addresses and ports with their host; ${byHost}.` } },
    { name: 'none', resource: inMode('none'), world: { tasks: [aTask({ serviceName: undefined })] }, reports: { severity: 'info', message: 'api:3 uses network mode none: its tasks have no network, neither over IPv6 nor over IPv4.' } },
    { name: 'of as many services as tasks', resource: inMode('bridge'), world: { ...world, tasks: [aTask()] }, reports: { related: [SERVICE_ARN] } },
    { name: 'on ECS Anywhere and elsewhere', resource: inMode('bridge'), world: { services: [aService({ launchType: 'EXTERNAL' }), aService({ name: 'web', launchType: 'EC2' })] }, reports: { messageId: 'bridge' } },
  ],
  unknown: [
    { name: 'its users could not be read', resource: inMode('bridge'), world: { gaps: [aGap()] }, because: 'tasks' },
  ],
  apply: ({ networkMode }, { resource, world: same }) => ({ world: same, resource: { ...resource, networkMode: networkMode as NetworkMode } }),
}); // prettier-ignore
