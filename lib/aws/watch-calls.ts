import type { CallMeter } from './call-meter';
import { isThrottling } from './failure';
import type { Pace } from './pace';
import type { Context, ExtensibleClient, Middleware } from './sdk-middleware';

/** What is done with every attempt of every call. */
export interface Watch {
  readonly meter: CallMeter;
  /** As fast as it goes if absent. */
  readonly pace?: Pace;
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

/** Counts and paces what `client` sends. */
export function watchCalls<Client extends ExtensibleClient>(client: Client, iamPrefix: string, watch: Watch): Client {
  client.middlewareStack.add(watchAttempts(iamPrefix, watch), {
    step: 'deserialize',
    priority: 'high',
    name: 'watchCalls',
  });
  return client;
}
