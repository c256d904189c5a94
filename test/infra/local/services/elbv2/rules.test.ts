import { expect, test } from '@jest/globals';
import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { aLoadBalancer, aSite, aTargetGroup, forwardTo, listen } from './an-account';

test('rules come in order of priority, the default rule last', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const group = await aTargetGroup(site, { Name: 'default' });
  const ListenerArn = await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(group) });
  const canary = await aTargetGroup(site, { Name: 'canary' });
  const Actions = forwardTo(canary);
  const Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/new/*'] } }];
  const create = async (Priority: number) =>
    (await site.client.send(new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions }))).Rules?.[0]?.RuleArn;
  const second = await create(20);
  const first = await create(10);
  await expect(create(10)).rejects.toMatchObject({ name: 'PriorityInUseException' });
  const rules = async () => (await site.client.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? [];
  expect((await rules()).map(({ Priority, IsDefault }) => [Priority, IsDefault])).toEqual([
    ['10', false],
    ['20', false],
    ['default', true],
  ]);
  expect((await rules())[0]).toMatchObject({ RuleArn: first, Conditions });
  const last = (await rules()).at(-1)?.RuleArn;
  await expect(site.client.send(new DeleteRuleCommand({ RuleArn: last }))).rejects.toMatchObject({
    name: 'OperationNotPermittedException',
  });
  for (const RuleArn of [first, second]) await site.client.send(new DeleteRuleCommand({ RuleArn }));
  expect(await rules()).toHaveLength(1);
  const { TargetGroups } = await site.client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [canary] }));
  expect(TargetGroups?.[0]?.LoadBalancerArns).toEqual([]);
});

test.each([
  ['no condition', []],
  ['a field that does not exist', [{ Field: 'user-agent', Values: ['x'] }]],
  ['a field without values', [{ Field: 'host-header' }]],
])('a rule with %s is refused', async (_, Conditions) => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const Actions = forwardTo(await aTargetGroup(site));
  const ListenerArn = await listen(site, { LoadBalancerArn, DefaultActions: Actions });
  await expect(
    site.client.send(new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions })),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});
