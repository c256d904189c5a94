/**
 * Many changes at once over the whole path that is deployed: sweeps, bus, queue, functions in processes of their own,
 * topics with filters, and Slack with its rate. What those who are told received is what counts.
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { createSeedClients } from '../../infra/local/seed/seed-clients';
import { createInbox, emptyInbox, keepWebhook, watchFindings } from '../../infra/local/seed/story/subscribers';
import { listFunctions } from '../../infra/local/services/lambda/functions';
import { createRandom } from '../../infra/local/weather/chance';
import type { SlackWebhook } from '../../infra/local/webhook/slack-webhook';
import { clientSettings } from '../support/local-account';
import { slackText } from '../support/slack-text';
import { aDeployedStack, policyText, type DeployedStack } from './a-deployed-stack';
import { EXEC, execServices, named, onlyExec, switchExec } from './exec-services';
import { aSlack, subscribed } from './subscribers';

const CLUSTERS = ['east', 'north', 'south', 'west'];
const DIGEST_SECONDS = 320;
/** What one delivery does not end, the next one does: the queue's visibility timeout, and a digest again. */
const SETTLED_SECONDS = 1_100;
/** Runs that get the same changes at the same time, besides the queue's own. */
const RUNS = 5;
const SHARE = 0.7;

interface Told extends DeployedStack {
  /** `state cluster/service` of all that a channel told since the last look, sorted. */
  readonly heard: Readonly<Record<'topic' | 'chat' | 'slack' | 'north', () => Promise<readonly string[]>>>;
  /** Events since the last look, as the alert queue gets them. */
  changes(): Promise<readonly string[]>;
  readonly slack: SlackWebhook;
}

async function told(clusters: readonly string[], count: number): Promise<Told> {
  const kept: { slack?: SlackWebhook } = {};
  const stack = await aDeployedStack({
    policy: policyText('observe', onlyExec('high')),
    parameters: { ChatTopic: 'yes', SweepMinutes: '1440' },
    async furnish(site) {
      for (const cluster of clusters) await execServices(site, cluster, count);
      kept.slack = await aSlack(site);
      return { SlackSecretArn: await keepWebhook(createSeedClients(site.account), kept.slack.url) };
    },
  });
  const { slack } = kept;
  if (!slack) throw new Error('there is no Slack');
  const changes = createInbox(stack.scope, 'changes', 'events');
  watchFindings(stack.scope, changes, stack.output('FindingBusName'));
  const [topic, chat, north] = [
    await subscribed(stack, stack.output('AlertTopicArn')),
    await subscribed(stack, stack.output('ChatTopicArn')),
    await subscribed(stack, stack.output('AlertTopicArn'), { cluster: ['north'], state: ['new'], rule: [EXEC] }),
  ];
  const byText = async (read: typeof topic) =>
    (await read()).flatMap(({ text, attributes }) => inText(text, attributes['state'] ?? '')).sort();
  let seen = 0;
  return {
    ...{ ...stack, slack },
    changes: () => emptyInbox(stack.scope, changes),
    heard: {
      topic: () => byText(topic),
      north: () => byText(north),
      chat: async () => (await chat()).flatMap(({ text }) => inChat(text)).sort(),
      slack: () => {
        const fresh = slack.taken.slice(seen);
        seen = slack.taken.length;
        return Promise.resolve(fresh.flatMap((body) => inSlack(slackText(body))).sort());
      },
    },
  };
}

const inText = (text: string, state: string): readonly string[] =>
  [...text.matchAll(/^ {2}\S+:service\/(\S+) \(since /gm)].map(([, service = '']) => `${state} ${service}`);

const listed = (text: string, state: string, cluster: string): readonly string[] =>
  [...text.matchAll(/^• (?:was: )?(s\d+) /gm)].map(([, name = '']) => `${state} ${cluster}/${name}`);

function inChat(text: string): readonly string[] {
  const { content, metadata } = JSON.parse(text) as {
    readonly content: { readonly description: string };
    readonly metadata: { readonly additionalContext: Readonly<Record<string, string>> };
  };
  const { state = '', cluster = '' } = metadata.additionalContext;
  return listed(content.description, state, cluster);
}

const inSlack = (text: string): readonly string[] =>
  text.split('\n----\n').flatMap((section) => {
    const [, state = '', cluster = ''] = /\*(\w+)\*\n.* cluster (\w+), /.exec(section) ?? [];
    return listed(section, state, cluster);
  });

const every = (state: string, clusters: readonly string[], names: readonly string[]): readonly string[] =>
  clusters.flatMap((cluster) => names.map((name) => `${state} ${cluster}/${name}`)).sort();

const notifier = ({ scope }: Told): string =>
  listFunctions(scope).find(({ name }) => name.includes('-Notify'))?.name ?? '';

/** Hands changes to the function as the queue would: several times, in any order, in several processes at once. */
async function storm(stack: Told, bodies: readonly string[], random: () => number): Promise<void> {
  const lambda = new LambdaClient(clientSettings(stack.account));
  const runs = Array.from({ length: RUNS }, async (_, run) => {
    const some = bodies.filter(() => random() < SHARE).map((body) => ({ body, order: random() }));
    const shuffled = some.sort((left, right) => left.order - right.order).map(({ body }) => body);
    const records = [...shuffled, ...shuffled.slice(0, 3)].map((body, index) => ({
      messageId: `${String(run)} ${String(index)}`,
      body,
    }));
    const Payload = Buffer.from(JSON.stringify({ Records: records }));
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: notifier(stack), Payload }));
    expect(FunctionError).toBeUndefined();
  });
  await Promise.all(runs);
}

async function expectTold(stack: Told, expected: readonly string[]): Promise<void> {
  const { topic, chat, slack, north } = stack.heard;
  expect({ topic: await topic(), chat: await chat(), slack: await slack() }).toEqual({
    topic: expected,
    chat: expected,
    slack: expected,
  });
  expect(await north()).toEqual(expected.filter((one) => one.startsWith('new north/')));
}

it('tells each change once in each channel, whatever comes twice, late, in any order and to many at once', async () => {
  const names = named(8);
  const stack = await told(CLUSTERS, names.length);
  const random = createRandom('alert storm');
  stack.account.weather.events({ source: 'ecs-ipv6', fault: 'duplicate', probability: 0.5 });
  stack.account.weather.events({ source: 'ecs-ipv6', fault: 'disorder', seconds: 200 });
  // two sweeps at once find the same
  await Promise.all([stack.ask({}), stack.ask({})]);
  await stack.letPass(205);
  stack.slack.answerWith({ status: 429, text: 'rate_limited', headers: { 'retry-after': '60' } });
  await storm(stack, await stack.changes(), random);
  await stack.letPass(60);
  stack.slack.answerWith(undefined);
  await storm(stack, await stack.changes(), random);
  await stack.letPass(SETTLED_SECONDS);
  await expectTold(stack, every('new', CLUSTERS, names));
  expect(stack.slack.refused.length).toBeGreaterThan(0);
  expect(new Set(stack.slack.refused)).toEqual(new Set(['429 rate_limited']));

  const mended = names.slice(0, 3);
  for (const cluster of CLUSTERS) for (const name of mended) await switchExec(stack, `${cluster}/${name}`, false);
  await Promise.all([stack.ask({}), stack.ask({ cluster: 'north' })]);
  await stack.letPass(205);
  await storm(stack, await stack.changes(), random);
  await stack.letPass(SETTLED_SECONDS);
  await expectTold(stack, every('resolved', CLUSTERS, mended));

  // what is broken and mended again within a digest is told to nobody
  for (const name of mended) await switchExec(stack, `west/${name}`, true);
  await stack.ask({});
  await switchExec(stack, 'west/s000', false);
  await stack.ask({});
  await stack.letPass(205);
  await storm(stack, await stack.changes(), random);
  await stack.letPass(SETTLED_SECONDS);
  await expectTold(stack, every('new', ['west'], ['s001', 's002']));
});

it('makes one message with a count of a hundred violations of one cause', async () => {
  const stack = await told(['north'], 100);
  const read = await subscribed(stack, stack.output('AlertTopicArn'));
  await stack.ask({});
  await stack.letPass(DIGEST_SECONDS);
  const [message, ...others] = await read();
  expect(others).toEqual([]);
  expect(message?.subject).toBe(
    `[high] ${EXEC} new: service/north/s000 and 99 more`.replace(
      's000',
      message?.text.match(/north\/(s\d+)/)?.[1] ?? '?',
    ),
  );
  expect(message?.text).toContain('... and 80 more');
  expect(stack.slack.taken.map(slackText)).toEqual([
    expect.stringMatching(/^# IPv6 policy: 100 new\n[^]*\.\.\. and 90 more\nFix \(1 of 100 commands\):/),
  ]);
  expect(await stack.heard.chat()).toHaveLength(20);
});

describe('a process that dies', () => {
  /** Kills the function in the place of its first write after something has come true. */
  function killOnce(stack: Told, isTime: () => boolean): { readonly struck: () => number } {
    let struck = 0;
    stack.account.interceptors.push(({ operation, principal }) => {
      if (struck > 0 || operation !== 'PutItem' || !principal.process || !isTime()) return;
      struck++;
      principal.process.kill();
      throw new ApiError('InternalServerError', 'nobody hears this', 500);
    });
    return { struck: () => struck };
  }

  const isPublished = ({ account }: Told): boolean =>
    account.calls.list().some(({ operation }) => operation === 'Publish');

  it.each<[string, 'topic' | 'slack', (stack: Told) => boolean]>([
    ['the topic', 'topic', isPublished],
    ['Slack', 'slack', ({ slack }) => slack.taken.length > 0],
  ])(
    'after %s took a message and before that is noted repeats it there alone, with the same id',
    async (_, channel, isTime) => {
      const stack = await told(['north'], 1);
      const kill = killOnce(stack, () => isTime(stack));
      await stack.ask({});
      await stack.letPass(DIGEST_SECONDS + SETTLED_SECONDS);
      expect(kill.struck()).toBe(1);
      const { topic, chat, slack } = stack.heard;
      const once = ['new north/s000'];
      const expected = { topic: once, chat: once, slack: once, [channel]: [...once, ...once] };
      expect({ topic: await topic(), chat: await chat(), slack: await slack() }).toEqual(expected);
      const ids = stack.slack.taken.map((body) => /id ([\da-f]{32})/.exec(body)?.[1]);
      expect(new Set(ids).size).toBe(1);
    },
  );

  it('before it told anybody loses nothing and repeats nothing', async () => {
    const stack = await told(['north'], 1);
    const isClaim = (): boolean =>
      stack.account.calls
        .list()
        .some(({ principalArn, operation }) => principalArn.includes('-Notify') && operation === 'GetItem');
    const kill = killOnce(stack, isClaim);
    await stack.ask({});
    await stack.letPass(DIGEST_SECONDS + SETTLED_SECONDS);
    expect(kill.struck()).toBe(1);
    await expectTold(stack, every('new', ['north'], ['s000']));
  });
});
