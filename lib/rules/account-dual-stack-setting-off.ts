import { dualStackSettingDefault } from '../facts/dual-stack-account-setting';
import { dualStackTasks } from './account/dual-stack-tasks';
import { settingOf } from './account/setting';
import { defineRule } from './define-rule';
import { awsCommand } from './fix/shell';
import { listed } from './wording/counted';

/** In a dual-stack subnet a task gets an IPv6 address only if the account's setting says so. */
export const accountDualStackSettingOff = defineRule({
  meta: {
    id: 'account-dual-stack-setting-off',
    title: 'Account setting dualStackIPv6 keeps dual-stack tasks from IPv6 addresses',
    kind: 'account',
    severity: 'medium',
    remedy: 'suggest',
    sweepOnly: 'No event tells of account settings, so that they are read by sweeps and people alone.',
    source: { url: dualStackSettingDefault.url, checked: dualStackSettingDefault.checked },
    facts: [dualStackSettingDefault],
    reads: [
      ...['ecs:ListAccountSettings', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks'],
      'ec2:DescribeSubnets',
    ],
    messages: {
      off: 'The account setting dualStackIPv6 is disabled in {{region}}: new tasks of {{names}} get no IPv6 address in their dual-stack subnets.',
    },
  },
  defaults: {},
  check({ snapshot, fact }) {
    const setting = settingOf(snapshot, 'dualStackIPv6', fact(dualStackSettingDefault));
    if (setting === 'enabled') return [];
    const found = dualStackTasks(snapshot);
    if (found === undefined) return [];
    if ('call' in found) return [{ gap: found }];
    if (typeof setting === 'object') return [{ gap: setting }];
    const put = ['--name', 'dualStackIPv6', '--value', 'enabled'];
    return [
      {
        messageId: 'off',
        values: { region: snapshot.region, names: listed(found.names) },
        desired: { dualStackIPv6: 'enabled' },
        actual: { dualStackIPv6: setting, users: found.names.length },
        fix: [awsCommand(snapshot.region, 'ecs', 'put-account-setting-default', ...put)],
      },
    ];
  },
});
