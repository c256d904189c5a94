import { serviceConnectLoopback } from '../../lib/rules/service-connect-loopback';
import type { NetworkMode } from '../../lib/snapshot/snapshot';
import { aService, aTaskDefinition, TASK_DEFINITION_ARN } from '../support/builders';
import { aGap } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const connected = aService({ serviceConnect: true });
const mode = (networkMode: NetworkMode) => ({ taskDefinitions: [aTaskDefinition({ networkMode })] });
const show = `aws ecs describe-task-definition --region eu-west-2 --task-definition ${TASK_DEFINITION_ARN} --query 'taskDefinition.containerDefinitions[].{name:name,portMappings:portMappings}'`;

testRule(serviceConnectLoopback, {
  valid: [
    { name: 'no Service Connect', resource: aService(), world: mode('awsvpc') },
    { name: 'somebody looked', resource: connected, world: mode('awsvpc'), options: { verified: ['prod/api'] } },
    { name: 'somebody looked at all of the cluster', resource: connected, world: mode('awsvpc'), options: { verified: ['dev/*', 'prod/*'] } },
    { name: 'bridge mode', resource: connected, world: mode('bridge') },
    { name: 'the service is going away', resource: { ...connected, status: 'DRAINING' }, world: mode('awsvpc') },
    { name: 'a dual-stack service', resource: connected, posture: 'dual-stack', world: mode('awsvpc') },
    { name: 'Windows', resource: connected, world: { taskDefinitions: [aTaskDefinition({ operatingSystem: 'windows' })] } },
  ],
  invalid: [
    { name: 'nobody looked', resource: connected, world: mode('awsvpc'), reports: { message: 'The Service Connect proxy of prod/api forwards to ::1: see that the app listens there.', related: [TASK_DEFINITION_ARN], fix: [show] } },
    { name: 'somebody looked at another', resource: connected, world: mode('awsvpc'), options: { verified: ['prod/web', 'dev/api', 'api'] }, reports: { desired: { verified: 'prod/api' } } },
    { name: 'no revision is named', resource: { ...connected, taskDefinitionArn: undefined }, reports: { related: [], fix: [] } },
  ],
  unknown: [
    { name: 'the network mode is not known', resource: connected, world: { gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ verified }, { resource, world }) => ({ resource, world, options: { verified: [String(verified)] } }),
}); // prettier-ignore
