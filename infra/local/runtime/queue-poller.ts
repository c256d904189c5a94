/** What Lambda does between a queue and a function: gathers batches, invokes, and deletes what was worked off. */
import { roleMay } from '../iam/role-may';
import type { Scope } from '../kernel/scope';
import { functionNamed } from '../services/lambda/functions';
import { deleteMessage } from '../services/sqs/receipt';
import { receiveMessages, type ReceivedMessage } from '../services/sqs/receive-messages';
import { queueByArn, type Queue } from '../services/sqs/state';
import type { Activity } from './activity';

/** Long polls of Lambda last this long: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const POLL_SECONDS = 20;
/** Messages of one receive: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const RECEIVE_MAX = 10;

export interface PollerOptions {
  readonly scope: Scope;
  readonly queueArn: string;
  /** Name or ARN, of an alias too. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maxConcurrency: number;
  /** The function names failed messages in its answer; without it any answer means success for all. */
  readonly reportsFailures: boolean;
  readonly activity: Activity;
  readonly log: (line: string) => void;
}

export interface Poller {
  stop(): void;
}

export function startPoller(options: PollerOptions): Poller {
  const { scope, queueArn } = options;
  const queue = queueByArn(scope, queueArn);
  if (!queue) throw new Error(`there is no queue ${queueArn}`);
  const abort = new AbortController();
  void poll(queue, options, abort.signal).catch((error: unknown) => {
    options.log(`polling ended: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    stop: () => {
      abort.abort();
    },
  };
}

const isOver = (signal: AbortSignal): boolean => signal.aborted;

async function poll(queue: Queue, options: PollerOptions, signal: AbortSignal): Promise<void> {
  const slots = createSlots(options.maxConcurrency);
  while (!isOver(signal)) {
    if (!mayReceive(options)) {
      await pause(options.scope, signal);
      continue;
    }
    const first = await receive(queue, options, { signal, waitSeconds: POLL_SECONDS, most: options.batchSize });
    if (first.length === 0) continue;
    const batch = await gather(first, queue, { options, signal });
    // nobody works off a batch whose mapping is gone: its messages come back after the visibility timeout
    if (isOver(signal)) return;
    await slots.take();
    void options.activity
      .during(() => work(batch, queue, options))
      .catch((error: unknown) => {
        options.log(`batch not worked off: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(slots.give);
  }
}

function createSlots(count: number): { take(): Promise<void>; give: () => void } {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    take() {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}

/** Lambda polls with the function's role. */
function mayReceive({ scope, functionName, queueArn }: PollerOptions): boolean {
  const { roleArn, name } = functionNamed(scope, functionName);
  return roleMay(scope, { roleArn, session: name, action: 'sqs:ReceiveMessage', resource: queueArn });
}

function pause({ clock }: Scope, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(POLL_SECONDS * 1_000, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });
}

interface Receive {
  readonly signal: AbortSignal;
  readonly waitSeconds: number;
  readonly most: number;
}

async function receive(queue: Queue, { scope }: PollerOptions, { signal, waitSeconds, most }: Receive) {
  const maxMessages = Math.min(most, RECEIVE_MAX);
  return await receiveMessages(scope, queue, { maxMessages, waitSeconds, signal });
}

interface Gathering {
  readonly options: PollerOptions;
  readonly signal: AbortSignal;
}

/** Goes on receiving until the batch is full or the window, which began with the first message, has passed. */
async function gather(
  first: readonly ReceivedMessage[],
  queue: Queue,
  { options, signal }: Gathering,
): Promise<readonly ReceivedMessage[]> {
  const batch = [...first];
  const end = options.scope.clock.now().getTime() + options.windowSeconds * 1_000;
  while (batch.length < options.batchSize && !signal.aborted) {
    const left = (end - options.scope.clock.now().getTime()) / 1_000;
    if (left <= 0) break;
    const most = options.batchSize - batch.length;
    batch.push(...(await receive(queue, options, { signal, waitSeconds: Math.min(left, POLL_SECONDS), most })));
  }
  return batch;
}

async function work(batch: readonly ReceivedMessage[], queue: Queue, options: PollerOptions): Promise<void> {
  const { scope, functionName, log } = options;
  const payload = JSON.stringify({ Records: batch.map((received) => recordOf(received, queue, scope)) });
  const { payload: answer, functionError } = await functionNamed(scope, functionName).invoke(payload);
  if (functionError !== undefined) {
    // nothing is deleted: all of it comes back after the visibility timeout
    log(`${functionName} failed: ${answer}`);
    return;
  }
  const failed = options.reportsFailures ? failuresOf(answer) : new Set<string>();
  for (const { message, receiptHandle } of batch) if (!failed.has(message.id)) deleteMessage(queue, receiptHandle);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
function failuresOf(answer: string): ReadonlySet<string> {
  const parsed: unknown = JSON.parse(answer);
  const items =
    typeof parsed === 'object' && parsed !== null && 'batchItemFailures' in parsed ? parsed.batchItemFailures : [];
  if (!Array.isArray(items)) return new Set();
  return new Set(items.flatMap((item: unknown) => identifierOf(item) ?? []));
}

function identifierOf(item: unknown): string | undefined {
  const found = typeof item === 'object' && item !== null && 'itemIdentifier' in item ? item.itemIdentifier : undefined;
  return typeof found === 'string' ? found : undefined;
}

function recordOf({ message, receiptHandle }: ReceivedMessage, queue: Queue, { region }: Scope): object {
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt.getTime()),
    },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}
