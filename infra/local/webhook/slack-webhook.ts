/** An incoming webhook as Slack runs one: its limits, its rate and its answers, on loopback. */
import { createServer, type IncomingMessage } from 'node:http';
import { objectionTo } from './check-message';

/** About one message a second, short bursts allowed: https://docs.slack.dev/apis/web-api/rate-limits */
const PER_SECOND = 1;
const BURST = 4;
const RETRY_AFTER_SECONDS = 30;

export interface SlackWebhook {
  /** What has to be kept secret. */
  readonly url: string;
  /** Bodies of the messages that were taken, in order. */
  readonly taken: readonly string[];
  /** Answers other than 200, in order: `429`, `400 invalid_blocks`. */
  readonly refused: readonly string[];
  /** The next requests get this answer, until `undefined` is set; `hang`: none at all; `lost`: taken, and no answer. */
  answerWith(answer: Answer | 'hang' | 'lost' | undefined): void;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WebhookSettings {
  /** Seconds, for the rate. */
  readonly seconds: () => number;
  readonly path?: string;
}

const OK: Answer = { status: 200, text: 'ok' };
const refusal = (status: number, text: string): Answer => ({ status, text });

export async function startSlackWebhook(settings: WebhookSettings): Promise<SlackWebhook> {
  const { seconds, path = '/services/T0LOCAL/B0LOCAL/notARealSecret' } = settings;
  const taken: string[] = [];
  const refused: string[] = [];
  const takeTurn = createTurns(seconds);
  let forced: Answer | 'hang' | 'lost' | undefined;
  const judge = (request: IncomingMessage, body: string): Answer => {
    if (request.url !== path) return refusal(404, 'no_service');
    if (request.method !== 'POST') return refusal(405, 'method_not_allowed');
    if (!takeTurn()) {
      return { ...refusal(429, 'rate_limited'), headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
    }
    if (!request.headers['content-type']?.startsWith('application/json')) return refusal(400, 'invalid_payload');
    const objection = objectionTo(body);
    return objection === undefined ? OK : refusal(400, objection);
  };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      if (forced === 'hang') return;
      const answer = typeof forced === 'object' ? forced : judge(request, body);
      if (answer.status === 200) taken.push(body);
      else refused.push(`${String(answer.status)} ${answer.text}`);
      if (forced === 'lost') response.destroy();
      else response.writeHead(answer.status, { ...answer.headers }).end(answer.text);
    });
  });
  const port = await listen(server);
  return {
    ...{ url: `http://127.0.0.1:${String(port)}${path}`, taken, refused },
    answerWith(answer) {
      forced = answer;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createTurns(seconds: () => number): () => boolean {
  let left = BURST;
  let at = seconds();
  return () => {
    left = Math.min(BURST, left + (seconds() - at) * PER_SECOND);
    at = seconds();
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the webhook has no address');
  return address.port;
}
