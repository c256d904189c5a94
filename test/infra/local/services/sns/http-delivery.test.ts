import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
} from '@aws-sdk/client-sns';
import { aTopic } from './a-topic';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers = new Set<Server>();

afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

/** An HTTP endpoint that answers with these statuses in turn, the last one for good. */
async function anEndpoint(...statuses: number[]) {
  const deliveries: Delivery[] = [];
  let arrived = (): void => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [status = 200, ...others] = statuses;
      if (others.length > 0) statuses.shift();
      response.writeHead(status).end();
      deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      arrived();
    });
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  /** Resolves when this many requests have arrived in all. */
  const delivered = async (count: number): Promise<readonly Delivery[]> => {
    while (deliveries.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    return deliveries;
  };
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`, delivered };
}

async function aConfirmedEndpoint(attributes: Record<string, string> = {}, ...statuses: number[]) {
  const topic = await aTopic();
  const endpoint = await anEndpoint(200, ...statuses);
  const SubscriptionArn = await topic.subscribe(endpoint.url, attributes, 'http');
  const [confirmation] = await endpoint.delivered(1);
  const { Token } = JSON.parse(confirmation?.body ?? '') as { Token: string };
  await topic.client.send(new ConfirmSubscriptionCommand({ TopicArn: topic.TopicArn, Token }));
  return { ...topic, ...endpoint, SubscriptionArn };
}

describe('delivery over HTTP', () => {
  it('asks for confirmation first, which a plain GET gives', async () => {
    const { client, TopicArn, subscribe, publish } = await aTopic();
    const { url, delivered } = await anEndpoint(200);
    const SubscriptionArn = await subscribe(url, {}, 'http');
    const [confirmation] = await delivered(1);
    expect(confirmation?.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
    });
    const isPending = async () => {
      const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
      return (await client.send(command)).Attributes?.['PendingConfirmation'];
    };
    expect(await isPending()).toBe('true');
    await publish('too early');
    const message = JSON.parse(confirmation?.body ?? '') as { Type: string; SubscribeURL: string };
    expect(message.Type).toBe('SubscriptionConfirmation');
    expect((await fetch(message.SubscribeURL)).status).toBe(200);
    expect(await isPending()).toBe('false');
    await publish('in time');
    const [, notification] = await delivered(2);
    expect(JSON.parse(notification?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'in time' });
  });

  it('says what it brings in headers', async () => {
    const { delivered, publish, TopicArn, SubscriptionArn } = await aConfirmedEndpoint({ RawMessageDelivery: 'true' });
    const messageId = await publish('hello');
    const [, notification] = await delivered(2);
    expect(notification?.body).toBe('hello');
    expect(notification?.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': TopicArn,
      'x-amz-sns-subscription-arn': SubscriptionArn,
      'x-amz-sns-rawdelivery': 'true',
    });
  });

  /** Lets simulated time pass until the endpoint has been called so often. */
  async function until(clock: { advance(ms: number): Promise<void> }, arrival: Promise<unknown>): Promise<void> {
    const tick = clock.advance(1_000).then(() => new Promise<'not yet'>((resolve) => setImmediate(resolve, 'not yet')));
    if ((await Promise.race([arrival, tick])) === 'not yet') await until(clock, arrival);
  }

  it('tries again after 20 seconds while the endpoint is out of order', async () => {
    const { delivered, publish, clock } = await aConfirmedEndpoint({}, 503, 200);
    const started = clock.now().getTime();
    await publish('hello');
    await until(clock, delivered(3));
    expect(clock.now().getTime() - started).toBeGreaterThanOrEqual(20_000);
    const [, first, second] = await delivered(3);
    expect(second?.body).toBe(first?.body);
  });

  it.each([
    ['three more times, then the dead-letter queue gets the message', 500, 4],
    ['not again when the endpoint refuses it', 403, 1],
  ])('tries %s', async (_, status, attempts) => {
    const topic = await aConfirmedEndpoint({ RawMessageDelivery: 'true' }, status);
    const dead = await topic.queue('dead');
    await topic.client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: topic.SubscriptionArn,
        AttributeName: 'RedrivePolicy',
        AttributeValue: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      }),
    );
    await topic.publish('hello');
    let messages = await dead.receive();
    while (messages.length === 0) {
      await topic.clock.advance(5_000);
      messages = await dead.receive();
    }
    expect(messages).toMatchObject([{ Body: 'hello', MessageAttributes: { ErrorCode: {} } }]);
    expect(await topic.delivered(1 + attempts)).toHaveLength(1 + attempts);
  });
});
