/** People who are told of things: queues that are subscribed to a topic, and Slack. */
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterEach } from '@jest/globals';
import { createInbox, emptyInbox } from '../../infra/local/seed/story/subscribers';
import { startSlackWebhook, type SlackWebhook } from '../../infra/local/webhook/slack-webhook';
import type { Site } from '../infra/local/services/ecs/a-site';
import { clientSettings } from '../support/local-account';

export interface Delivered {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Envelope {
  readonly Subject?: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

function opened(body: string): Delivered {
  const { Subject = '', Message, MessageAttributes = {} } = JSON.parse(body) as Envelope;
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { subject: Subject, text: Message, attributes: Object.fromEntries(attributes) };
}

/** A queue that gets what the filter lets through, with its attributes; answers with what came since the last look. */
export async function subscribed({ account, scope }: Site, TopicArn: string, filter?: object) {
  const sns = new SNSClient(clientSettings(account));
  const inbox = createInbox(scope, `inbox-${String(inboxes++)}`, 'sns');
  const Attributes = filter && { FilterPolicy: JSON.stringify(filter) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: inbox.arn, Attributes }));
  return async (): Promise<readonly Delivered[]> => (await emptyInbox(scope, inbox)).map(opened);
}
let inboxes = 0;

const webhooks = new Set<SlackWebhook>();
afterEach(async () => {
  await Promise.all([...webhooks].map((webhook) => webhook.stop()));
  webhooks.clear();
});

/** Slack, whose rate goes by the account's time. */
export async function aSlack({ clock }: Site): Promise<SlackWebhook> {
  const webhook = await startSlackWebhook({ seconds: () => clock.now().getTime() / 1_000 });
  webhooks.add(webhook);
  return webhook;
}
