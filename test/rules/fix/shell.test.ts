import { expect, it } from '@jest/globals';
import { awsCommand } from '../../../lib/rules/fix/shell';

it('leaves plain words as they are', () => {
  expect(awsCommand('eu-west-2', 'ecs', 'update-service', '--service', 'api', 'Id=2001:db8::1,Port=80')).toBe(
    'aws ecs update-service --region eu-west-2 --service api Id=2001:db8::1,Port=80',
  );
});

it.each([
  ['a b', "'a b'"],
  ['$(reboot)', "'$(reboot)'"],
  ["it's", String.raw`'it'\''s'`],
  ['', "''"],
  ['*', "'*'"],
])('quotes %s', (word, quoted) => {
  expect(awsCommand('eu-west-2', 'ecs', 'help', word)).toBe(`aws ecs help --region eu-west-2 ${quoted}`);
});
