/**
 * AWS's Runtime Interface Emulator with AWS's client of the Runtime API in it, around one bundle: everything between an
 * invocation's payload and its answer is theirs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Paths of what the step has installed. */
export interface Tools {
  readonly emulator: string;
  /** Main file of aws-lambda-ric. */
  readonly client: string;
  readonly node: string;
}

export interface Deployment {
  readonly codeFolder: string;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/images-test.html */
const INVOCATIONS = '/2015-03-31/functions/function/invocations';

/** Until the emulator listens. */
const START_MS = 30_000;
const POLL_MS = 50;
/** Until it and the function's process are gone. */
const STOP_MS = 10_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

interface Emulator {
  readonly process: ChildProcess;
  readonly url: string;
  /** What it and the function have printed so far. */
  readonly printed: () => string;
}

async function start({ emulator, client, node }: Tools, deployment: Deployment): Promise<Emulator> {
  const [own, runtimeApi] = [`127.0.0.1:${String(await freePort())}`, `127.0.0.1:${String(await freePort())}`];
  const addresses = ['--runtime-interface-emulator-address', own, '--runtime-api-address', runtimeApi];
  const { codeFolder, handler, variables } = deployment;
  const child = spawn(emulator, ['--log-level', 'warn', ...addresses, node, client, handler], {
    cwd: codeFolder,
    env: { ...variables, LAMBDA_TASK_ROOT: codeFolder, _HANDLER: handler, TZ: ':UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  return { process: child, url: `http://${own}${INVOCATIONS}`, printed: () => printed };
}

/** It has no word for being ready. */
async function post({ process: child, url, printed }: Emulator, payload: string): Promise<string> {
  const until = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the emulator has ended: ${printed()}`);
    try {
      return await (await fetch(url, { method: 'POST', body: payload })).text();
    } catch (cause) {
      if (performance.now() > until) throw new Error(`the emulator does not answer: ${printed()}`, { cause });
      await sleep(POLL_MS);
    }
  }
}

async function stop({ process: child }: Emulator): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  // it ends the function's process first
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

export interface Answer {
  /** As Lambda would hand it to the caller: JSON if the runtime came so far. */
  readonly payload: unknown;
  readonly printed: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A cold start and one invocation. */
export async function invokeCold(tools: Tools, deployment: Deployment, event: unknown): Promise<Answer> {
  const emulator = await start(tools, deployment);
  try {
    const payload = parsed(await post(emulator, JSON.stringify(event)));
    return { payload, printed: emulator.printed() };
  } finally {
    await stop(emulator);
  }
}
