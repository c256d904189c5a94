import { defineFact } from './fact';
import { oneOf } from './fact-types';

/** What the account setting dualStackIPv6 is where nobody has set it. */
export const dualStackSettingDefault = defineFact({
  id: 'dual-stack-setting-default',
  title: 'What the account setting dualStackIPv6 is where nobody has set it',
  type: oneOf(['enabled', 'disabled', 'conflict']),
  value: 'conflict',
  doubt:
    'One page gives both: disabled, and enabled for accounts that ran no awsvpc tasks in October and November 2020.',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
