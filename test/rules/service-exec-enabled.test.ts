import { serviceExecEnabled } from '../../lib/rules/service-exec-enabled';
import { aService } from '../support/builders';
import { testRule } from '../support/test-rule';

const withExec = aService({ execEnabled: true });

testRule(serviceExecEnabled, {
  valid: [
    { name: 'off', resource: aService() },
    { name: 'dual-stack: it works over IPv4', resource: withExec, posture: 'dual-stack' },
    { name: 'on its way out', resource: aService({ execEnabled: true, status: 'DRAINING' }) },
  ],
  invalid: [
    { name: 'on', resource: withExec, reports: { message: 'api starts its tasks with ECS Exec, which does not work over IPv6 alone.', fix: ['aws ecs update-service --region eu-west-2 --cluster prod --service api --disable-execute-command'] } },
    { name: 'on, in bridge mode', resource: aService({ execEnabled: true, launchType: 'EC2', subnetIds: [] }), reports: { messageId: 'enabled' } },
  ],
  apply: ({ enableExecuteCommand }, { resource, world }) => ({
    world,
    resource: { ...resource, execEnabled: enableExecuteCommand === true },
  }),
}); // prettier-ignore
