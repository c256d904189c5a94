import { taskExecEnabled } from '../../lib/rules/task-exec-enabled';
import { aService, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
import { testRule } from '../support/test-rule';

const world = { services: [aService()] };
const withExec = aTask({ execEnabled: true });

testRule(taskExecEnabled, {
  valid: [
    { name: 'off', resource: aTask(), world },
    { name: 'dual-stack: it works over IPv4', resource: withExec, world, posture: 'dual-stack' },
    { name: 'stopping', resource: aTask({ execEnabled: true, desiredStatus: 'STOPPED' }), world },
  ],
  invalid: [
    { name: 'on', resource: withExec, world, reports: { message: 'Task a1 of api runs with ECS Exec, which does not work over IPv6 alone.', related: [SERVICE_ARN, aTaskDefinition().arn], fix: ['aws ecs update-service --region eu-west-2 --cluster prod --service api --disable-execute-command --force-new-deployment'] } },
    { name: 'of no service', resource: aTask({ execEnabled: true, serviceName: undefined }), reports: { related: [aTaskDefinition().arn], fix: [] } },
  ],
  apply: ({ enableExecuteCommand }, { resource, world: same }) => ({
    world: same,
    resource: { ...resource, execEnabled: enableExecuteCommand === true },
  }),
}); // prettier-ignore
