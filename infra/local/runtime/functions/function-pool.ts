/** A deployed function: environments that are started when needed, kept warm, and thrown away when they break. */
import { randomUUID } from 'node:crypto';
import { startEnvironment, type Environment, type EnvironmentOptions, type InvocationResult } from './environment';

export interface FunctionPoolOptions extends EnvironmentOptions {
  readonly functionArn: string;
  /** Environments at once; more invocations wait. */
  readonly maxConcurrency: number;
}

export interface FunctionPool {
  /** Runs the function once with a JSON payload. A function's own failure is an answer, not a rejection. */
  invoke(payload: string): Promise<InvocationResult>;
  /** Ends all processes, also those at work or about to start; every invocation fails from now on. */
  stop(): void;
}

/** What those get who still wait when all ends. */
const GONE: InvocationResult = {
  payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'the function is gone' }),
  functionError: 'Unhandled',
};

export function createFunctionPool(options: FunctionPoolOptions): FunctionPool {
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const queue: (() => void)[] = [];
  let busy = 0;
  let stopped = false;
  const isStopped = (): boolean => stopped;

  const acquire = async (): Promise<Environment> => {
    if (busy >= options.maxConcurrency) await new Promise<void>((resolve) => queue.push(resolve));
    else busy++;
    for (let warm = idle.pop(); warm; warm = idle.pop()) if (warm.isAlive()) return warm;
    const environment = await startEnvironment(options);
    // all others were ended while this one came up: its invocation fails like theirs
    if (isStopped()) environment.stop();
    else all.add(environment);
    return environment;
  };
  const release = (environment: Environment): void => {
    if (environment.isAlive()) idle.push(environment);
    else all.delete(environment);
    const next = queue.shift();
    // the place goes on to whoever waits
    if (next) next();
    else busy--;
  };

  return {
    async invoke(payload) {
      if (isStopped()) return GONE;
      const environment = await acquire();
      try {
        const { clock, functionArn, timeoutSeconds } = options;
        const reading = clock.reading();
        // the limit is one of real time, as the function's work is
        const deadline = new Date(reading.now + timeoutSeconds * 1000 * Math.max(reading.speed, 1));
        const requestId = randomUUID();
        return await environment.invoke({ requestId, payload, deadline, functionArn, clock: reading });
      } finally {
        release(environment);
      }
    },
    stop() {
      stopped = true;
      for (const environment of all) environment.stop();
      all.clear();
    },
  };
}
