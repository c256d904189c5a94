/** Slack's incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import { ChannelBusy, type Channel } from '../channel';
import { slackMessages, type SlackMessage } from './message';

/** An answer that takes longer counts as none: the message comes again. */
const TIMEOUT_MS = 10_000;
/** Slack takes about one message a second: https://docs.slack.dev/apis/web-api/rate-limits */
const PACE_MS = 1_000;
/** For answers without a `Retry-After` that makes sense. */
const DEFAULT_PAUSE_SECONDS = 30;
const MAX_PAUSE_SECONDS = 3_600;
const TOO_MANY_REQUESTS = 429;
/** Slack says `invalid_blocks`, `no_service` and the like; anything longer is not Slack. */
const MAX_ANSWER = 100;

export interface WebhookOptions {
  /** The webhook's URL, which is a secret: it appears in no error. Read again when `forget` was called. */
  readonly url: () => Promise<string>;
  /** Called when Slack does not know the webhook: the secret may have been replaced. */
  readonly forget: () => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function slackChannel(options: WebhookOptions): Channel {
  return {
    name: 'slack',
    pack: (alerts) =>
      slackMessages(alerts).map(({ ids, payload }, index) => ({
        ids,
        async send() {
          if (index > 0) await options.sleep(PACE_MS);
          await post(payload, options);
        },
      })),
  };
}

async function post(payload: SlackMessage['payload'], { url, forget }: WebhookOptions): Promise<void> {
  const answer = await request(checkedUrl(await url()), payload);
  if (answer.status === TOO_MANY_REQUESTS) {
    const seconds = pauseIn(answer.headers.get('retry-after'));
    throw new ChannelBusy(`Slack asks for a pause of ${String(seconds)} s (HTTP 429)`, seconds);
  }
  if (answer.ok) return;
  if (answer.status < 500) forget();
  throw new Error(`Slack refused the message: HTTP ${String(answer.status)} ${answer.text}`.trim());
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  /** At most `MAX_ANSWER` characters. */
  readonly text: string;
}

async function request(url: URL, payload: SlackMessage['payload']): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(payload),
      // another address would get what is meant for this one
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said = await answer.text();
    // a proxy's page may repeat where it was asked
    const text = said.replaceAll(url.pathname, '/...').slice(0, MAX_ANSWER);
    return { ok: answer.ok, status: answer.status, headers: answer.headers, text };
  } catch (error) {
    // what fetch fails with names host and port, never the path, which is the secret
    throw new Error(`Slack cannot be reached at ${url.host}`, { cause: error });
  }
}

/** @throws without the text: it may be half of a secret */
function checkedUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isLoopback = url?.hostname === '127.0.0.1';
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback))) return url;
  throw new Error('the Slack secret is no https URL; it has to be the text of the webhook URL alone');
}

function pauseIn(header: string | null): number {
  const seconds = header === null ? Number.NaN : Number(header);
  if (!Number.isFinite(seconds) || seconds <= 0) return DEFAULT_PAUSE_SECONDS;
  return Math.min(Math.ceil(seconds), MAX_PAUSE_SECONDS);
}
