import type { CallMeter } from './call-meter';
import { isThrottling } from './failure';
import type { Pace } from './pace';

/** What is done with every attempt of every call. */
export interface Watch {
  readonly meter: CallMeter;
  /** As fast as it goes if absent. */
  readonly pace?: Pace;
}

interface Context {
  readonly commandName?: string;
}

/** A middleware of the SDK that hands on what it gets: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/middleware-stack.html */
type Middleware = <Input, Output>(
  next: (input: Input) => Promise<Output>,
  context: Context,
) => (input: Input) => Promise<Output>;

interface WatchedClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'deserialize'; priority: 'high'; name: string }): void;
  };
}

/** `DescribeTasksCommand` of `ecs` is authorised as `ecs:DescribeTasks`. */
const actionOf = (iamPrefix: string, { commandName = '' }: Context): string =>
  `${iamPrefix}:${commandName.replace(/Command$/, '')}`;

function watchAttempts(iamPrefix: string, { meter, pace }: Watch): Middleware {
  return (next, context) => async (input) => {
    const action = actionOf(iamPrefix, context);
    await pace?.wait(action);
    meter.called(action);
    try {
      return await next(input);
    } catch (error) {
      if (isThrottling(error)) {
        meter.throttled();
        pace?.throttled(action);
      }
      throw error;
    }
  };
}

/** Counts and paces what `client` sends. The deserialize step runs once for each attempt and sees AWS's errors. */
export function watchCalls<Client extends WatchedClient>(client: Client, iamPrefix: string, watch: Watch): Client {
  client.middlewareStack.add(watchAttempts(iamPrefix, watch), {
    step: 'deserialize',
    priority: 'high',
    name: 'watchCalls',
  });
  return client;
}
