/** What is deployed without a word may write nothing outside the stack, and does all of its work. */
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { expect, it } from '@jest/globals';
import { policiesOf } from '../../infra/local/iam/roles';
import type { Report } from '../../lib/report/report';
import { aDefinition, aService } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { aDeployedStack, policyText } from './a-deployed-stack';
import { onlyExec } from './exec-services';
import { subscribed } from './subscribers';

const DIGEST_SECONDS = 320;
/** A deployment, and the event that tells of its end. */
const EVENT_SECONDS = 400;
const SWEEP_SECONDS = 35 * 60;
/** Services of which the stack has resources of its own, and those that take what it says of itself. */
const OWN = /^(dynamodb|events|sqs|sns|logs|xray|cloudwatch):/;
const READS = /:(Describe|Get|List)\w*$/;

it('finds by events, by sweeps and when asked, and tells, with permissions that only read', async () => {
  const stack = await aDeployedStack({
    policy: policyText('observe', onlyExec('high')),
    async furnish(site) {
      await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
      await aService(site, { enableExecuteCommand: true });
      await aService(site, { serviceName: 'idle', desiredCount: 0, enableExecuteCommand: true });
      await site.clock.advance(SETTLE_MS);
      return undefined;
    },
  });
  const { account, ecs } = stack;
  const read = await subscribed(stack, stack.output('AlertTopicArn'));
  const told = async (): Promise<readonly string[]> => {
    await stack.letPass(DIGEST_SECONDS);
    return (await read()).flatMap(({ text, attributes }) =>
      [...text.matchAll(/ {2}\S+:(\w+\/prod\/\S+) \(since/g)].map(
        ([, what = '']) => `${attributes['state'] ?? ''} ${what}`,
      ),
    );
  };

  await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', forceNewDeployment: true }));
  await stack.letPass(EVENT_SECONDS);
  const byEvent = await told();
  expect(byEvent).toContain('new service/prod/web');
  expect(byEvent).not.toContain('new service/prod/idle');

  await stack.letPass(SWEEP_SECONDS);
  expect(await told()).toEqual(['new service/prod/idle']);

  await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'idle', enableExecuteCommand: false }));
  const { answer } = await stack.ask({ service: 'prod/idle' });
  expect(answer).toMatchObject({ mode: 'observe', findings: [], gaps: [] } satisfies Partial<Report>);
  expect(await told()).toEqual(['resolved service/prod/idle']);

  const calls = account.calls.list().filter(({ roleArn }) => roleArn !== undefined);
  const named = ({ service, operation }: (typeof calls)[number]): string => `${service}:${operation}`;
  expect(calls.filter(({ status }) => status >= 400).map(named)).toEqual([]);
  expect(
    calls
      .filter(({ readOnly }) => !readOnly)
      .map(named)
      .filter((name) => !OWN.test(name)),
  ).toEqual([]);
  const roles = new Set(calls.flatMap(({ roleArn }) => roleArn ?? []));
  const allowed = [...roles]
    .flatMap((role) => JSON.stringify(policiesOf(account.scope, role)).match(/"[a-z0-9-]+:[A-Za-z*]+"/g) ?? [])
    .map((action) => JSON.parse(action) as string);
  expect(allowed).toContain('ecs:DescribeServices');
  expect(allowed.filter((action) => !OWN.test(action) && !READS.test(action))).toEqual([]);
});
