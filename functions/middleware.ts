/** The one middy stack: structured logs with the request id, and for queues the answer that names failed messages. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import partialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { EventPass } from '../lib/deployed/event-pass';
import { whereabouts } from '../lib/environment';
import { logLine } from '../lib/report/log-line';
import type { Report } from '../lib/report/report';

export const logger = new Logger({ serviceName: 'ecs-ipv6' });

export const logReport = (report: Report): void => logger.info('reconciled', logLine(report));

export type Handler<Event, Answer> = (event: Event, context: Context) => Promise<Answer>;

export function withLogs<Event, Answer>(handle: Handler<Event, Answer>) {
  return middy<Event, Answer>()
    .use(injectLambdaContext(logger))
    .onError(({ error }) => {
      logger.error('failed', { error });
    })
    .handler(handle);
}

const bodiesOf = (records: SQSEvent['Records']): readonly string[] => records.map(({ body }) => body);

/** The bodies of a queue's messages, each with its own result; what is rejected comes again. */
export function withBatch(handle: Handler<readonly string[], readonly PromiseSettledResult<void>[]>) {
  const rejected = (reason: unknown, record: unknown): void => logger.error('message rejected', { reason, record });
  return middy<SQSEvent, SQSBatchResponse | readonly PromiseSettledResult<void>[]>()
    .use(injectLambdaContext(logger))
    .use(partialBatchFailure({ logger: rejected }))
    .handler(({ Records }, context) => handle(bodiesOf(Records), context));
}

/** A queue of events: whatever they name is looked at in one pass. */
export function withReconcile(reconcile: EventPass) {
  return withBatch(async (bodies, { awsRequestId: requestId }) => {
    const { results, report } = await reconcile(bodies, { ...whereabouts(), requestId });
    if (report) logReport(report);
    return results;
  });
}
