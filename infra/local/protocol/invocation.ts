/** The steps between a request's wire format and its answer's: check, authorise, run. */
import { ApiError } from '../kernel/api-error';
import type { Replica } from '../kernel/consistency';
import { isRecord } from '../kernel/json';
import type { Authorization, Call, Forwarder, Operation, Principal, ServiceDefinition } from '../kernel/operation';
import type { Admission } from './accepts';
import { admit, findUnsupported } from './accepts';
import { isReadOnly } from './call-log';
import { codecs } from './codecs';
import { globalConditions } from './global-conditions';
import { readJsonBody } from './json-reader';
import { accessDenied, dryRunOperation, unknownOperation } from './protocol-errors';
import type { PageTokens } from './page-tokens';
import { notImplemented } from './refusal';
import { findMissing, missingParameter } from './required';
import type { Route } from './router';
import type { OperationModel, ServiceModel } from './service-model';
import type { Fields, WireRequest, WireResponse } from './wire';

/** Throws an ApiError to refuse; code `AccessDenied` is turned into the spelling of the service's protocol. */
export type Authorize = (
  principal: Principal,
  authorizations: readonly Authorization[],
  call: Call,
) => void | Promise<void>;

/** Runs after authorisation and before the operation; may throw an ApiError in its place. */
export type Interceptor = (call: Call, input: Fields) => void | Promise<void>;

/** Asked first, as AWS's front ends do; throws the service's throttling error. `service` is the IAM prefix. */
export type Admit = (service: string, call: Call, input: Fields) => void;

/** Between the permission to run and the run: may fail in its place, or after it. `service` is the IAM prefix. */
export type Pass = (
  passing: { readonly service: string; readonly call: Call },
  input: Fields,
  run: (input: Fields) => Promise<Fields>,
) => Promise<Fields>;

export interface Hooks {
  readonly admit: Admit;
  readonly authorize: Authorize;
  readonly interceptors: Iterable<Interceptor>;
  readonly pageTokens: PageTokens;
  readonly pass: Pass;
  readonly replica: Replica;
  /** The running server of a service that is forwarded. */
  readonly forwarder: (definition: ServiceDefinition) => Promise<Forwarder>;
}

export interface Invocation extends Route {
  readonly request: WireRequest;
  readonly call: Call;
}

const admissions = new WeakMap<Operation, Admission>();

function admissionOf(operation: Operation, service: ServiceModel): Admission {
  let admission = admissions.get(operation);
  if (!admission) {
    // Honoured for every operation of EC2, below.
    const everywhere = service.protocol === 'ec2Query' ? ['DryRun'] : [];
    admission = admit([...operation.accepts, ...everywhere]);
    admissions.set(operation, admission);
  }
  return admission;
}

function readChecked({ service, request }: Invocation, model: OperationModel, operation: Operation): Fields {
  const input = codecs[service.protocol].readInput(request, model);
  const missing = findMissing(model.input, input);
  if (missing !== undefined) throw missingParameter(service, missing);
  const unsupported = findUnsupported(model.input, input, admissionOf(operation, service));
  const name = `${service.definition.iamPrefix}:${model.name}`;
  if (unsupported !== undefined) throw notImplemented(`Parameter ${unsupported} of ${name}`);
  return input;
}

async function ask({ service, call }: Invocation, hooks: Hooks, asked?: readonly Authorization[]): Promise<void> {
  const usual = [{ action: `${service.definition.iamPrefix}:${call.operation}`, resource: '*' }];
  const everywhere = globalConditions(call);
  const questions = (asked ?? usual).map((question: Authorization) => ({
    ...question,
    context: { ...everywhere, ...question.context },
  }));
  try {
    await hooks.authorize(call.principal, questions, call);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'AccessDenied') throw accessDenied(service, error.message);
    throw error;
  }
}

async function intercept(call: Call, input: Fields, hooks: Hooks): Promise<void> {
  for (const interceptor of hooks.interceptors) await interceptor(call, input);
}

async function forward(invocation: Invocation, hooks: Hooks): Promise<WireResponse> {
  const { service, request, call } = invocation;
  const body = readJsonBody(request.body);
  const input = isRecord(body) ? body : {};
  hooks.admit(service.definition.iamPrefix, call, input);
  await ask(invocation, hooks, service.definition.forwarding?.authorize?.(body, call));
  await intercept(call, input, hooks);
  const forwarder = await hooks.forwarder(service.definition);
  const send = async (): Promise<Fields> => ({ response: await forwarder.send(request, call) });
  const { response } = await hooks.pass({ service: service.definition.iamPrefix, call }, input, send);
  return response as WireResponse;
}

/** Reads that may be late look at what everyone sees; all else acts on what is. */
function placed(call: Call, { iamPrefix, lateReads }: ServiceDefinition, replica: Replica): Call {
  if (!isReadOnly(call.operation)) replica.noteChange();
  const seen = replica.seen(call.scope, iamPrefix);
  return { ...call, seen, scope: lateReads?.test(call.operation) ? seen : call.scope };
}

/** The answer of a request whose service and operation are known; throws what the operation throws. */
export async function invoke(invocation: Invocation, hooks: Hooks): Promise<WireResponse> {
  const { service, operation: name, call } = invocation;
  const { definition, protocol } = service;
  const model = service.operation(name);
  if (!model) throw unknownOperation(service, name);
  if (definition.forwarding?.operations.includes(name)) return forward(invocation, hooks);
  const operation = definition.operations[name];
  if (!operation) throw notImplemented(`${definition.iamPrefix}:${name}`);

  const input = readChecked(invocation, model, operation);
  hooks.admit(definition.iamPrefix, call, input);
  await ask(invocation, hooks, operation.authorize?.(input as never, call));
  await intercept(call, input, hooks);
  if (protocol === 'ec2Query' && input['DryRun'] === true) throw dryRunOperation();
  const place = { service: definition.iamPrefix, call, model };
  const output = await hooks.pass(place, hooks.pageTokens.open(input, place), async (asked) => {
    // The schema has just vouched for the input; which type that is only the operation knows.
    const answered = await operation.run(asked as never, placed(call, definition, hooks.replica));
    return answered === undefined ? {} : (answered as Fields);
  });
  const fields = hooks.pageTokens.seal(output, input, place);
  return codecs[protocol].writeOutput(fields, model, { service, requestId: call.requestId });
}
