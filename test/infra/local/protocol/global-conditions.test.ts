import { expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import type { Principal } from '../../../../infra/local/kernel/operation';
import { createWorld } from '../../../../infra/local/kernel/world';
import { globalConditions } from '../../../../infra/local/protocol/global-conditions';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/sweep`;

const conditionsOf = (principal: Principal) => {
  const clock = new SimulatedClock({ start: new Date('2026-11-21T08:09:10.500Z'), running: false });
  const scope = createWorld({ clock }).scope(account, 'eu-west-1');
  return globalConditions({
    scope,
    seen: scope,
    principal,
    requestId: 'r',
    operation: 'DescribeTasks',
    endpoint: 'http://x',
  });
};

test.each([
  [{ account, arn: `arn:aws:iam::${account}:root` }, 'Account', `arn:aws:iam::${account}:root`],
  [{ account, arn: `arn:aws:iam::${account}:user/ann` }, 'User', `arn:aws:iam::${account}:user/ann`],
  [{ account, arn: `arn:aws:sts::${account}:assumed-role/sweep/1`, roleArn }, 'AssumedRole', roleArn],
])('%j', (principal, type, arn) => {
  expect(conditionsOf(principal)).toMatchObject({
    'aws:principaltype': [type],
    'aws:principalarn': [arn],
    'aws:principalaccount': [account],
    'aws:requestedregion': ['eu-west-1'],
    'aws:currenttime': ['2026-11-21T08:09:10.500Z'],
    'aws:epochtime': ['1795248550'],
  });
});
