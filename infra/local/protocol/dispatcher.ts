/** From a request to its answer, whatever happens on the way, and into the log. */
import { ApiError } from '../kernel/api-error';
import type { Ids } from '../kernel/ids';
import type { Call, Principal, ServiceDefinition } from '../kernel/operation';
import type { World } from '../kernel/world';
import type { CallLog, CallRecord } from './call-log';
import { isReadOnly } from './call-log';
import type { CredentialScope } from './caller';
import { administrator, parseCredentialScope } from './caller';
import type { Answer } from './failure';
import { answerFailure } from './failure';
import type { Hooks } from './invocation';
import { invoke } from './invocation';
import type { Route } from './router';
import { createRouter } from './router';
import { writeUnroutedError } from './unrouted';
import type { WireRequest, WireResponse } from './wire';

export interface DispatcherOptions extends Omit<Hooks, 'replica'> {
  readonly world: World;
  readonly services: readonly ServiceDefinition[];
  readonly account: string;
  readonly region: string;
  /** Ids of requests; apart from those of resources, so that these do not depend on the number of calls. */
  readonly requestIds: Ids;
  readonly calls: CallLog;
  /** Holder of an access key that this account issued. */
  readonly authenticate: (accessKeyId: string) => Principal | undefined;
  /** For what no caller can mend: stack traces of failed behaviours. */
  readonly log: (message: string) => void;
}

export type Dispatch = (request: WireRequest, endpoint: string) => Promise<WireResponse>;

function errorCodeOf({ status }: WireResponse): string | undefined {
  return status < 300 ? undefined : String(status);
}

function recordOf(call: Call, service: string, { response, errorCode }: Answer): CallRecord {
  const { scope, principal, operation } = call;
  return {
    at: scope.clock.now(),
    account: scope.account,
    region: scope.region,
    service,
    operation,
    principalArn: principal.arn,
    ...(principal.roleArn !== undefined && { roleArn: principal.roleArn }),
    status: response.status,
    ...(errorCode !== undefined && { errorCode }),
    readOnly: isReadOnly(operation),
  };
}

export function createDispatcher(options: DispatcherOptions): Dispatch {
  const { world, calls, log, requestIds } = options;
  const router = createRouter(options.services);

  function principalOf(credential: CredentialScope | undefined, region: string): Principal {
    const issued = credential && options.authenticate(credential.accessKeyId);
    const { partition } = world.scope(options.account, region);
    return issued ?? administrator(credential?.accessKeyId, options.account, partition);
  }

  async function answer(route: Route, request: WireRequest, call: Call): Promise<Answer> {
    try {
      const response = await invoke({ ...route, request, call }, { ...options, replica: world.replica });
      return { response, errorCode: errorCodeOf(response) };
    } catch (error) {
      return answerFailure(error, { service: route.service, call, log });
    }
  }

  function routeOf(request: WireRequest, signingName: string | undefined): Route | ApiError {
    try {
      return router.route(request, signingName);
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  return async (request, endpoint) => {
    const credential = parseCredentialScope(request.headers['authorization']);
    const region = credential?.region ?? options.region;
    const principal = principalOf(credential, region);
    const requestId = requestIds.uuid();
    const route = routeOf(request, credential?.signingName);
    const operation = route instanceof ApiError ? '' : route.operation;
    const scope = world.scope(principal.account, region);
    const call = { scope, seen: scope, principal, requestId, operation, endpoint };
    const answered =
      route instanceof ApiError
        ? { response: writeUnroutedError(route, request, requestId), errorCode: route.code }
        : await answer(route, request, call);
    const service = route instanceof ApiError ? '' : route.service.definition.iamPrefix;
    calls.add(recordOf(call, service, answered));
    return answered.response;
  };
}
