import type { Scope } from '../../kernel/scope';
import type { DeliveryFailure } from '../sqs/send-from-service';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html: the default policy of HTTP endpoints */
const RETRIES = 3;
const RETRY_DELAY_MS = 20_000;
/** https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html */
const TIMEOUT_MS = 15_000;
const TOO_MANY_REQUESTS = 429;

export interface HttpDelivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Called once, when nothing more will be tried. */
  readonly onFailure: (failure: DeliveryFailure) => void;
}

/** Starts a delivery; it is tried again, by the account's clock, while the endpoint is out of reach or out of order. */
export function deliverOverHttp(scope: Scope, delivery: HttpDelivery, retriesLeft = RETRIES): void {
  void post(delivery).then((outcome) => {
    if (outcome === 'delivered') return;
    if (!outcome.retryable || retriesLeft === 0) {
      delivery.onFailure({ code: 'HTTP_ENDPOINT', message: outcome.reason });
      return;
    }
    scope.clock.after(RETRY_DELAY_MS, () => {
      deliverOverHttp(scope, delivery, retriesLeft - 1);
    });
  });
}

type Outcome = 'delivered' | { readonly retryable: boolean; readonly reason: string };

async function post({ url, headers, body }: HttpDelivery): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        ...headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    if (response.ok) return 'delivered';
    const retryable = response.status >= 500 || response.status === TOO_MANY_REQUESTS;
    return { retryable, reason: `${url} answered ${response.status}.` };
  } catch (error) {
    // The endpoint's failure is the outcome: it is retried and told to the dead-letter queue.
    return { retryable: true, reason: `${url} cannot be reached: ${String(error)}` };
  }
}
