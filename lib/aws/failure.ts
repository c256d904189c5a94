/**
 * What a failed call means for us. Some failures leave a hole in what is known and the rest stands; others (no
 * credentials, a bug of our own) make every answer worthless and are thrown.
 */
export type FailureKind = 'AccessDenied' | 'Throttled' | 'Timeout' | 'ServiceError' | 'Unsupported';

interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: unknown;
}

function partsOf(error: unknown): ErrorParts | undefined {
  return error instanceof Error ? error : undefined;
}

/** HTTP status of AWS's answer; undefined if there was none. */
function statusOf(error: unknown): number | undefined {
  const metadata = partsOf(error)?.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

const isNamed = (names: ReadonlySet<string>, error: unknown): boolean => names.has(partsOf(error)?.name ?? '');

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and each service's "Common Errors" */
const ACCESS_DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'OptInRequired',
  'UnauthorizedOperation',
]);

export const isAccessDenied = (error: unknown): boolean =>
  error instanceof RefusedError || isNamed(ACCESS_DENIED, error);

/** ECS, ELB: ThrottlingException; EC2, Cloud Map: RequestLimitExceeded; the rest for older protocols of the same. */
const THROTTLING = new Set([
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);

const TOO_MANY_REQUESTS = 429;

export const isThrottling = (error: unknown): boolean =>
  isNamed(THROTTLING, error) || statusOf(error) === TOO_MANY_REQUESTS;

const TIMEOUT = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'AbortError']);
const TIMEOUT_CODES = new Set<unknown>(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);

export const isTimeout = (error: unknown): boolean =>
  isNamed(TIMEOUT, error) || TIMEOUT_CODES.has(partsOf(error)?.code);

const BAD_CREDENTIALS = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** Missing, wrong or expired credentials: no call will work. */
export const isBadCredentials = (error: unknown): boolean => isNamed(BAD_CREDENTIALS, error);

const CONNECTION_CODES = new Set<unknown>([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
]);

/** The endpoint could not be reached; also of a service that a region does not have. */
const isUnreachable = (error: unknown): boolean => CONNECTION_CODES.has(partsOf(error)?.code);

const NOT_IMPLEMENTED = 501;
const UNSUPPORTED = new Set(['InvalidAction', 'UnknownOperationException', 'UnsupportedOperation']);

const isUnsupported = (error: unknown): boolean => isNamed(UNSUPPORTED, error) || statusOf(error) === NOT_IMPLEMENTED;

const hasName =
  (...names: readonly string[]) =>
  (error: unknown): boolean =>
    isNamed(new Set(names), error);

export const isClusterNotFound = hasName('ClusterNotFoundException');
export const isEcsServiceNotFound = hasName('ServiceNotFoundException');
/** Of DescribeTaskDefinition, which has no error of its own for a revision that is gone. */
export const isClientException = hasName('ClientException');
/** One unknown group fails the whole call. The SDK may or may not add "Exception" to the code on the wire. */
export const isTargetGroupNotFound = hasName('TargetGroupNotFound', 'TargetGroupNotFoundException');
/** As with groups, one that is unknown fails the whole call. */
export const isLoadBalancerNotFound = hasName('LoadBalancerNotFound', 'LoadBalancerNotFoundException');
export const isLatticeResourceNotFound = hasName('ResourceNotFoundException');
export const isFileSystemNotFound = hasName('FileSystemNotFound');
export const isCloudMapServiceNotFound = hasName('ServiceNotFound');
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const isInstanceNotFound = hasName('InvalidInstanceID.NotFound');
export const isLaunchTemplateNotFound = hasName('InvalidLaunchTemplateId.NotFound');
export const isPrefixListNotFound = hasName('InvalidPrefixListID.NotFound');
export const isLaunchTemplateVersionNotFound = hasName('InvalidLaunchTemplateId.VersionNotFound');

const KINDS: readonly (readonly [(error: unknown) => boolean, FailureKind])[] = [
  [isAccessDenied, 'AccessDenied'],
  [isThrottling, 'Throttled'],
  [isTimeout, 'Timeout'],
  [isUnsupported, 'Unsupported'],
  [isUnreachable, 'ServiceError'],
  [(error) => statusOf(error) !== undefined, 'ServiceError'],
];

/** What kind of hole the error leaves; undefined: it is none that the rest of a pass could stand beside. */
export function failureKind(error: unknown): FailureKind | undefined {
  if (isBadCredentials(error)) return undefined;
  return KINDS.find(([matches]) => matches(error))?.[1];
}

/** A write that AWS refused before it did anything. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

function attemptsOf(error: unknown): unknown {
  const metadata = partsOf(error)?.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'attempts' in metadata ? metadata.attempts : undefined;
}

/**
 * Makes one write.
 * @throws RefusedError when permissions were missing. Only of a call that was sent once: what an earlier attempt did,
 * whose answer was lost, is not known.
 */
export async function orRefused<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (!isAccessDenied(error) || attemptsOf(error) !== 1) throw error;
    throw new RefusedError(failureMessage(error), { cause: error });
  }
}

/** AWS puts ids of requests, and now and then an encoded explanation, into its messages. */
const NOISE = /\s*(?:\(?Request ?ID: [\w-]+\)?|Encoded authorization failure message: \S+)/gi;
const MESSAGE_LENGTH = 500;

/** What AWS said, fit for a report. */
export function failureMessage(error: unknown): string {
  const parts = partsOf(error);
  if (!parts) return String(error);
  const text = parts.message.replace(NOISE, '').trim();
  return (text === '' ? parts.name : text).slice(0, MESSAGE_LENGTH);
}
