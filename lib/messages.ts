/** Works off a batch of queue messages: whatever they name is looked at in one pass. */
import type { Controller } from './controller';
import type { Report } from './report/report';
import { dedupeRequests } from './trigger/dedupe-requests';
import type { Request } from './trigger/request';
import { toRequests } from './trigger/to-requests';
import type { TriggerSettings } from './trigger/trigger';

export interface Worked {
  /** One for each message: rejected messages are delivered again, and end in the dead-letter queue. */
  readonly results: readonly PromiseSettledResult<void>[];
  /** Absent when no message asked for anything. */
  readonly report?: Report;
}

interface Read {
  readonly result: PromiseSettledResult<void>;
  readonly requests: readonly Request[];
}

function read(body: string, settings: TriggerSettings): Read {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    const reason = new Error('the message is no JSON', { cause: error });
    return { result: { status: 'rejected', reason }, requests: [] };
  }
  const trigger = toRequests(message, settings);
  return { result: { status: 'fulfilled', value: undefined }, requests: 'requests' in trigger ? trigger.requests : [] };
}

/** @throws when the pass itself failed (policy, reads, state): then every message has to come again */
export async function reconcileMessages(
  bodies: readonly string[],
  settings: TriggerSettings & { readonly requestId?: string },
  controller: Pick<Controller, 'reconcile'>,
): Promise<Worked> {
  const messages = bodies.map((body) => read(body, settings));
  const results = messages.map((message) => message.result);
  const requests = dedupeRequests(messages.flatMap((message) => message.requests)).filter(
    ({ account, region }) => account === settings.account && region === settings.region,
  );
  if (requests.length === 0) return { results };
  const { report } = await controller.reconcile(requests, {
    dryRun: false,
    origin: { requestId: settings.requestId },
  });
  return { results, report };
}
