/**
 * What a service of the local account is made of. The wire format of every operation comes from the schemas that the
 * AWS SDK's client package exports; a service adds behaviour, one function for each operation.
 */
import type { Scope } from './scope';

/** Who calls: anyone with credentials that this account did not issue counts as its administrator. */
export interface Principal {
  readonly account: string;
  /** ARN as STS GetCallerIdentity shows it. */
  readonly arn: string;
  /** Set for credentials of a role of the deployed template: its calls are checked against the role's policies. */
  readonly roleArn?: string;
  /** Set for a function that the local account runs: the process that these credentials were given to. */
  readonly process?: { readonly kill: () => void };
}

export interface Call {
  /** What the operation is about; of a read that AWS may answer late, as everyone sees it. */
  readonly scope: Scope;
  /** The same account and region as those see it who only look. */
  readonly seen: Scope;
  readonly principal: Principal;
  readonly requestId: string;
  /** Name of the operation, e.g. `DescribeTasks`. */
  readonly operation: string;
  /** http://127.0.0.1:port of the server that was called; needed where an answer carries URLs (SQS). */
  readonly endpoint: string;
}

/** One question put to IAM before an operation runs. */
export interface Authorization {
  /** e.g. `ecs:TagResource` */
  readonly action: string;
  /** ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  /** Condition keys in lower case, e.g. `aws:requesttag/team`; global keys are added by the server. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface Operation<Input = never, Output = unknown> {
  /**
   * Parameters that the behaviour honours, as dotted paths without list indices: `Filters` admits everything below
   * it, `NetworkInterfaces.PrimaryIpv6` that member alone. A parameter that AWS knows and this list lacks is refused:
   * nothing is silently accepted.
   */
  readonly accepts: readonly string[];
  run(input: Input, call: Call): Output | Promise<Output>;
  /** What IAM is asked; `<iamPrefix>:<Operation>` on `*` if absent. */
  authorize?(input: Input, call: Call): readonly Authorization[];
}

/** Ties input and output types together at the definition; the registry holds operations of any type. */
export function operation<Input, Output>(definition: Operation<Input, Output>): Operation<Input, Output> {
  return definition;
}

export type Operations = Readonly<Record<string, Operation>>;

/** A request handed on to a server that is not ours, as it came in. */
export interface ForwardedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ForwardedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A running server of somebody else, e.g. dynalite for DynamoDB. */
export interface Forwarder {
  send(request: ForwardedRequest, call: Call): Promise<ForwardedResponse>;
  stop(): Promise<void>;
}

/** Operations that another server answers; its parameters and errors are that server's own. */
export interface Forwarding {
  readonly operations: readonly string[];
  /** Called at the first forwarded request of a local account; stopped with it. */
  start(): Promise<Forwarder>;
  /** As `Operation.authorize`; `input` is the JSON of the request, unchecked. */
  authorize?(input: unknown, call: Call): readonly Authorization[];
}

export interface ServiceDefinition {
  /** Service name in the credential scope of a signed request, e.g. `elasticloadbalancing`. */
  readonly signingName: string;
  /** Prefix of IAM actions, e.g. `ecs`. */
  readonly iamPrefix: string;
  /** The SDK's client package: `import * as ecs from '@aws-sdk/client-ecs'`; its `X$` exports are the schemas. */
  readonly schemas: Readonly<Record<string, unknown>>;
  /** Makes a client, from whose configuration protocol, namespace and version are read; it never sends anything. */
  readonly client: () => { readonly config: object };
  readonly operations: Operations;
  /** Error code for a required parameter that is missing; the protocol's usual one if absent. */
  readonly missingParameterCode?: string;
  /** Error code, with status 403, for a call that IAM denies; the protocol's usual one if absent. */
  readonly accessDeniedCode?: string;
  /** Operations that may answer with what was a while ago, if the service is eventually consistent. */
  readonly lateReads?: RegExp;
  /** For a service that is wholly or partly served by another server. */
  readonly forwarding?: Forwarding;
}
