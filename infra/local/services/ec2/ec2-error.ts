import { ApiError } from '../../kernel/api-error';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function invalidValue(message: string): ApiError {
  return new ApiError('InvalidParameterValue', message);
}

export function invalidCombination(message: string): ApiError {
  return new ApiError('InvalidParameterCombination', message);
}

export function missingParameter(name: string): ApiError {
  return new ApiError('MissingParameter', `The request must contain the parameter ${name}`);
}

export function dependencyViolation(message: string): ApiError {
  return new ApiError('DependencyViolation', message);
}

/** What AWS answers to whoever touches the network interface of one of its services. */
export function notYours(message: string): ApiError {
  return new ApiError('OperationNotPermitted', message);
}

/** How a kind of resource is called in answers about ids that do not exist. */
export interface Kind {
  /** e.g. `InvalidVpcID.NotFound` */
  readonly notFound: string;
  /** e.g. `vpc ID` */
  readonly noun: string;
  /** What its ids look like, where AWS answers anything else with an error of its own. */
  readonly format?: IdFormat;
}

export interface IdFormat {
  /** e.g. `InvalidInstanceID.Malformed` */
  readonly code: string;
  readonly pattern: RegExp;
}

/** `idFormat('i', 'InvalidInstanceID.Malformed')`: ids have 8 or 17 hexadecimal digits. */
export function idFormat(prefix: string, code: string): IdFormat {
  return { code, pattern: new RegExp(`^${prefix}-[0-9a-f]{8}([0-9a-f]{9})?$`) };
}

export function malformedId({ code }: IdFormat, id: string): ApiError {
  return new ApiError(code, `Invalid id: "${id}"`);
}

export function notFound(kind: Kind, ids: readonly string[]): ApiError {
  const [first, ...others] = ids;
  const message =
    others.length > 0
      ? `The ${kind.noun}s '${ids.join(', ')}' do not exist`
      : `The ${kind.noun} '${first ?? ''}' does not exist`;
  return new ApiError(kind.notFound, message);
}

/** The resource with this id, or AWS's error. */
export function found<Item>(item: Item | undefined, kind: Kind, id: string): Item {
  if (item === undefined) throw notFound(kind, [id]);
  return item;
}

export function invalidStateFor(verb: 'start' | 'stop', instanceId: string): ApiError {
  const message = `The instance '${instanceId}' is not in a state from which it can be ${verb === 'stop' ? 'stopped' : 'started'}.`;
  return new ApiError('IncorrectInstanceState', message);
}
