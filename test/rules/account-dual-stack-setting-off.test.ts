import { accountDualStackSettingOff } from '../../lib/rules/account-dual-stack-setting-off';
import { anAccount, aBridgeTask, aService, aSubnet, aTask } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const subnets = [aSubnet({ ipv6Native: false }), aSubnet({ id: 'subnet-6' }), aSubnet({ id: 'subnet-4', ipv6Native: false, ipv6Cidrs: [] })]; // prettier-ignore
const world: Contents = { subnets, services: [aService()] };
const off = anAccount({ dualStackIPv6: 'disabled' });
const posture = 'dual-stack' as const;
const within = (...subnetIds: readonly string[]): Contents => ({ subnets, services: [aService({ subnetIds })] });

testRule(accountDualStackSettingOff, {
  valid: [
    { name: 'enabled', resource: anAccount(), world, posture },
    { name: 'no dual-stack subnet is used', resource: off, world: within('subnet-6', 'subnet-4'), posture },
    { name: 'only by a service that is being deleted', resource: off, world: { subnets, services: [aService({ status: 'DRAINING' })] }, posture },
    { name: 'only by a task that its service left there', resource: off, world: { ...within('subnet-6'), tasks: [aTask()] }, posture },
    { name: 'only by a task that has stopped', resource: off, world: { subnets, tasks: [aTask({ serviceName: undefined, lastStatus: 'STOPPED' })] }, posture },
    { name: 'only by a task of no service that is in no subnet', resource: off, world: { subnets, tasks: [aBridgeTask({ serviceName: undefined })] }, posture },
    { name: 'nothing there, settings unread', resource: anAccount(undefined), world: { gaps: [aGap({ collection: 'accounts' })] }, posture },
    { name: 'IPv6-only is wanted of all', resource: off, world },
  ],
  invalid: [
    { name: 'disabled', resource: off, world, posture, reports: { message: 'The account setting dualStackIPv6 is disabled in eu-west-2: new tasks of api get no IPv6 address in their dual-stack subnets.', actual: { dualStackIPv6: 'disabled', users: 1 }, fix: ['aws ecs put-account-setting-default --region eu-west-2 --name dualStackIPv6 --value enabled'] } },
    { name: 'by one of several subnets', resource: off, world: within('subnet-6', 'subnet-1'), posture, reports: { messageId: 'off' } },
    { name: 'by a task of no service', resource: off, world: { subnets, services: [], tasks: [aTask({ serviceName: undefined })] }, posture, reports: { message: 'The account setting dualStackIPv6 is disabled in eu-west-2: new tasks of a1 get no IPv6 address in their dual-stack subnets.' } },
  ],
  unknown: [
    { name: 'settings could not be read', resource: { id: '111122223333' }, world: { ...world, gaps: [aGap({ collection: 'accounts', call: 'ecs:ListAccountSettings' })] }, posture, because: 'AccessDenied' },
    { name: 'settings were not read', resource: { id: '111122223333' }, world, posture, because: 'not read' },
    { name: 'ECS does not name it: AWS gives two defaults', resource: anAccount({}), world, posture, because: 'two defaults' },
    { name: 'a value that nobody knows', resource: anAccount({ dualStackIPv6: 'on' }), world, posture, because: 'names on' },
    { name: 'disabled, services could not be read', resource: off, world: { gaps: [aGap({ collection: 'services' })] }, posture, because: 'services' },
    { name: 'disabled, subnets could not be read', resource: off, world: { services: [aService()], gaps: [aGap({ collection: 'subnets' })] }, posture, because: 'subnets' },
    { name: 'disabled, tasks could not be read', resource: off, world: { gaps: [aGap()] }, posture, because: 'tasks' },
  ],
  apply: ({ dualStackIPv6 }, { world: same }) => ({ resource: anAccount({ dualStackIPv6: String(dualStackIPv6) }), world: same }),
}); // prettier-ignore
