/** A batch as Lambda hands it to a function. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
import { createHash } from 'node:crypto';

export const POISON_ID = 'ffffffff-0000-4000-8000-00000000dead';

function toRecord(body: string, messageId: string) {
  return {
    messageId,
    receiptHandle: `AQEB${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1763800000000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1763800000001',
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:queue',
    awsRegion: 'eu-west-2',
  };
}

/** The poison is among the others, neither first nor last. */
export function toBatch(bodies: readonly string[], poison: string) {
  if (bodies.length < 2) throw new Error(`${String(bodies.length)} messages are too few to hide one among them`);
  const half = Math.ceil(bodies.length / 2);
  const good = bodies.map((body, index) =>
    toRecord(body, `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
  );
  return { Records: [...good.slice(0, half), toRecord(poison, POISON_ID), ...good.slice(half)] };
}
