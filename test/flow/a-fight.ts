/** The controller against ECS, which registers again what is taken out; with all that people are told of it. */
import { randomUUID } from 'node:crypto';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach } from '@jest/globals';
import { startSlackWebhook, type SlackWebhook } from '../../infra/local/webhook/slack-webhook';
import { assembleController } from '../../lib/assemble';
import { topicChannel } from '../../lib/aws/alert-topic';
import { createReads } from '../../lib/aws/reads';
import { writePorts } from '../../lib/aws/write-ports';
import { surroundingReads } from '../../lib/composition';
import type { DeregisterGuard, Policy } from '../../lib/policy/policy';
import { idsOf } from '../../lib/report/alert';
import { chatNotification } from '../../lib/report/chat-notification';
import type { FindingStateChange } from '../../lib/report/events';
import { notify } from '../../lib/report/notify';
import { bodyOf, subjectOf } from '../../lib/report/plain-text';
import { slackChannel } from '../../lib/report/slack/webhook';
import { createCollect } from '../../lib/snapshot/collect';
import { createMemoryStore } from '../../lib/state/memory-store';
import type { Site } from '../infra/local/services/ecs/a-site';
import { openToSns } from '../infra/local/services/sns/a-topic';
import { aRequest } from '../snapshot/a-collector';
import { place } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { clientSettings } from '../support/local-account';
import { aLoadedPolicy, aPolicy, aScope } from '../support/policy-builders';
import { workloadClients } from '../support/workload-clients';

const READS = /^(Describe|List|Get)/;
const SWEEP = 30 * MINUTE;
const webhooks = new Set<SlackWebhook>();
afterEach(async () => {
  await Promise.all([...webhooks].map((webhook) => webhook.stop()));
  webhooks.clear();
});

const scopes = [aScope({ posture: 'ipv6-only' })];

/** A subscriber of the topic who asks for what was stopped, and for nothing else. */
async function aSubscriber({ account }: Site) {
  const settings = clientSettings(account);
  const [client, queues] = [new SNSClient(settings), new SQSClient(settings)];
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'alerts' }));
  const Attributes = { Policy: openToSns };
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'stopped', Attributes }));
  await client.send(
    new SubscribeCommand({
      ...{ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:eu-west-2:${place.account}:stopped` },
      Attributes: { FilterPolicy: JSON.stringify({ state: ['stopped'] }), RawMessageDelivery: 'true' },
    }),
  );
  const receive = async () => {
    const all = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] };
    return (await queues.send(new ReceiveMessageCommand(all))).Messages ?? [];
  };
  return { client, TopicArn, receive };
}

interface FightOptions extends Partial<Pick<Policy, 'mode' | 'rules'>> {
  readonly deregister?: Partial<DeregisterGuard>;
}

/** An IPv6-only scope under `enforce`, unless told otherwise; the budgets are no hindrance. */
export async function aFight(site: Site, { deregister, ...policy }: FightOptions = {}) {
  const clients = workloadClients(site.account);
  const { clock } = site;
  const now = () => clock.now();
  const store = createMemoryStore({ now });
  const base = aPolicy();
  const limits = { ...base.guard.deregister, perRun: 100, perHour: 1_000, ...deregister };
  const guard = { ...base.guard, deregister: limits };
  const loaded = aLoadedPolicy({ mode: 'enforce', scopes, guard, ...policy });
  const load = () => Promise.resolve(loaded);
  const news: FindingStateChange[] = [];
  const controller = assembleController({
    ...{ now, store, meter: clients.meter, writes: writePorts(clients) },
    sleep: (milliseconds) => clock.advance(milliseconds),
    collect: createCollect({
      reads: { ...createReads(clients), ...surroundingReads(clients) },
      place: { ...place, partition: 'aws' },
      now,
    }),
    policy: { load, loadForPart: load, loadFresh: load },
    events: {
      putEvents(changes) {
        news.push(...changes);
        return Promise.resolve(new Set(changes.map(({ id }) => id)));
      },
    },
  });
  const { client, TopicArn, receive } = await aSubscriber(site);
  const slack = await startSlackWebhook({ seconds: () => clock.now().getTime() / 1_000 });
  webhooks.add(slack);
  const channels = [
    topicChannel({
      ...{ client, idsOf, name: 'topic', topicArn: TopicArn },
      format: (alert) => ({ subject: subjectOf(alert), body: bodyOf(alert) }),
    }),
    topicChannel({
      ...{ client, idsOf, name: 'chat', topicArn: TopicArn },
      format: (alert) => ({ body: chatNotification(alert) }),
    }),
    slackChannel({
      url: () => Promise.resolve(slack.url),
      forget: () => undefined,
      sleep: (milliseconds) => clock.advance(milliseconds),
    }),
  ];
  /** Writes of the controller. */
  const calls: string[] = [];
  let isRunning = false;
  site.account.interceptors.push(({ operation }) => {
    if (isRunning && !READS.test(operation)) calls.push(operation);
  });
  return {
    ...{ store, calls, slack },
    /** What the subscriber got. */
    stoppedMessages: async () =>
      (await receive()).map(({ Body: body = '', MessageAttributes = {} }) => {
        const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]);
        return { body, attributes: Object.fromEntries(attributes) as Readonly<Record<string, string>> };
      }),
    /** So many sweeps, and what each did about what is more than a tag; people are told after each. */
    async sweep(count: number, kind = /^(deregister|disable)/) {
      const done: string[] = [];
      for (let index = 0; index < count; index++) {
        await clock.advance(SWEEP);
        isRunning = true;
        const { report } = await controller.reconcile([aRequest('account', place.account)], { dryRun: false });
        isRunning = false;
        const relevant = report.actions.filter(({ action }) => kind.test(action.kind));
        done.push(relevant.map(({ status, code }) => [status, code].filter(Boolean).join(' ')).join(', '));
        await notify(news.splice(0), {
          ...{ store, now, place, channels, loadPolicy: load },
          holder: randomUUID(),
        });
        await clock.advance(0);
      }
      return done;
    },
  };
}
