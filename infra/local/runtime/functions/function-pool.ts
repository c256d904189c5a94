/** A deployed function: environments that are started when needed, kept warm, and thrown away when they break. */
import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../../kernel/clock';
import { startEnvironment, type Environment, type EnvironmentOptions, type InvocationResult } from './environment';

export interface FunctionPoolOptions extends EnvironmentOptions {
  readonly functionArn: string;
  readonly clock: SimulatedClock;
  /** Environments at once; more invocations wait. */
  readonly maxConcurrency: number;
}

export interface FunctionPool {
  /** Runs the function once with a JSON payload. A function's own failure is an answer, not a rejection. */
  invoke(payload: string): Promise<InvocationResult>;
  /** Ends all processes, also those at work. */
  stop(): void;
}

export function createFunctionPool(options: FunctionPoolOptions): FunctionPool {
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const queue: (() => void)[] = [];
  let busy = 0;
  let stopped = false;

  const acquire = async (): Promise<Environment> => {
    if (busy >= options.maxConcurrency) await new Promise<void>((resolve) => queue.push(resolve));
    else busy++;
    for (let warm = idle.pop(); warm; warm = idle.pop()) if (warm.isAlive()) return warm;
    if (stopped) throw new Error(`${options.functionName} is not deployed any more`);
    const environment = await startEnvironment(options);
    all.add(environment);
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
      const environment = await acquire();
      if (stopped) environment.stop();
      try {
        const { clock, functionArn, timeoutSeconds } = options;
        const deadline = new Date(clock.now().getTime() + timeoutSeconds * 1000);
        const requestId = randomUUID();
        return await environment.invoke({ requestId, payload, deadline, functionArn, clockOffsetMs: clock.offset() });
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
