/** One execution environment of a function: a process of its own that loads the built bundle and works off invocations. */
import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SimulatedClock } from '../../kernel/clock';
import { startRuntimeApi, type PendingInvocation, type RuntimeApi } from './runtime-api';

/** Of an answer, in bytes; the number is that of Lambda's own error: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_ANSWER = 6_291_556;

const bootstrap = (): string => fileURLToPath(new URL('./bootstrap.cjs', import.meta.url));
/** Part of the memory that Lambda gives Node's heap; the rest is code, stacks and buffers. */
const HEAP_SHARE = 0.9;

export interface EnvironmentOptions {
  readonly functionName: string;
  /** Folder of the built bundle. */
  readonly codeFolder: string;
  /** e.g. `index.handler` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** The account's, which the process follows. */
  readonly clock: SimulatedClock;
  /** Exactly what the process gets to see, besides what Lambda sets. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables with the credentials of one process; each gets its own, as on Lambda. */
  readonly credentials?: (process: { readonly kill: () => void }) => Readonly<Record<string, string>>;
  /** One line of what the function prints. */
  readonly log: (line: string) => void;
}

/** How an invocation ended: as Lambda reports it to the caller. */
export interface InvocationResult {
  readonly payload: string;
  /** Set when the function failed; the payload then says how. */
  readonly functionError?: 'Unhandled';
}

export interface Environment {
  invoke(invocation: PendingInvocation): Promise<InvocationResult>;
  /** False once its process has ended: it takes no more invocations. */
  isAlive(): boolean;
  stop(): void;
}

export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const api = await startRuntimeApi();
  const child = startProcess(options, api);
  let alive = true;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      api.close();
      resolve(`Runtime exited with ${signal ? `signal: ${signal}` : `status: ${String(code)}`}`);
    });
    child.once('error', (error) => {
      alive = false;
      resolve(error.message);
    });
  });
  const stop = (): void => {
    alive = false;
    child.kill('SIGKILL');
    api.close();
  };
  return {
    isAlive: () => alive,
    stop,
    invoke: (invocation) => invoke(invocation, { options, api, ended, stop }),
  };
}

interface Running {
  readonly options: EnvironmentOptions;
  readonly api: RuntimeApi;
  readonly ended: Promise<string>;
  readonly stop: () => void;
}

async function invoke(
  invocation: PendingInvocation,
  { options, api, ended, stop }: Running,
): Promise<InvocationResult> {
  let timer: NodeJS.Timeout | undefined;
  const { timeoutSeconds } = options;
  const timedOut = new Promise<InvocationResult>((resolve) => {
    timer = setTimeout(() => {
      stop();
      const errorMessage = `${invocation.requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      resolve(failure({ errorType: 'Sandbox.Timedout', errorMessage }));
    }, timeoutSeconds * 1000);
  });
  try {
    return await Promise.race([
      api
        .run(invocation)
        .then(({ kind, payload }): InvocationResult =>
          kind === 'response' ? answerOf(payload) : { payload, functionError: 'Unhandled' },
        ),
      api.initError.then((payload): InvocationResult => ({ payload, functionError: 'Unhandled' })),
      ended.then((how) =>
        failure({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${invocation.requestId} Error: ${how}` }),
      ),
      timedOut,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(payload: string): InvocationResult {
  if (Buffer.byteLength(payload) <= MAX_ANSWER) return { payload };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${String(MAX_ANSWER)} bytes).`;
  return failure({ errorType: 'Function.ResponseSizeTooLarge', errorMessage });
}

const failure = (error: { errorType: string; errorMessage: string }): InvocationResult => ({
  payload: JSON.stringify(error),
  functionError: 'Unhandled',
});

function startProcess(options: EnvironmentOptions, api: RuntimeApi): ChildProcess {
  const heap = Math.floor(options.memoryMiB * HEAP_SHARE);
  const credentials = options.credentials?.({ kill: () => void child.kill('SIGKILL') });
  const child = spawn(process.execPath, [`--max-old-space-size=${String(heap)}`, bootstrap()], {
    cwd: options.codeFolder,
    env: {
      ...options.variables,
      ...credentials,
      ...lambdaVariables(options),
      AWS_LAMBDA_RUNTIME_API: api.address,
      LOCAL_CLOCK: readingOf(options.clock),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  followClock(child, options.clock);
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(options.log);
    });
    stream.on('end', () => {
      if (rest !== '') options.log(rest);
    });
  }
  return child;
}

const readingOf = (clock: SimulatedClock): string => JSON.stringify(clock.reading());

/** Tells the process of every jump of the account's clock. */
function followClock({ stdin }: ChildProcessWithoutNullStreams, clock: SimulatedClock): void {
  const end = clock.onJump(() => {
    if (stdin.writable) stdin.write(`${readingOf(clock)}\n`);
  });
  // a process that is gone needs no clock
  stdin.on('error', end).on('close', end);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function lambdaVariables({ functionName, handler, codeFolder, memoryMiB }: EnvironmentOptions): Record<string, string> {
  return {
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: codeFolder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    // the version notice of the SDK would go to the function's log on every start
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TZ: ':UTC',
  };
}
