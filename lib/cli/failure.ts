/** One clear sentence, with the fix, for everything that can go wrong before there is a report. */

/** The person wrote something that can not be done; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What the person asked for was begun, and there is no report of it. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
}

const CREDENTIAL_ERRORS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);
const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

interface Described {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { name: '', code: '', message: String(error) };
  // several addresses were tried: the first reason tells as much as all
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return { name: error.name, code, message: error.message || code };
}

/** What to tell the person; never a stack trace. */
export function explainFailure(error: unknown): string {
  const { name, code, message } = describe(error);
  if (/region is missing/i.test(message)) return 'no region: set AWS_REGION, or add --region';
  if (/region not accepted/i.test(message)) return `${message} Set AWS_REGION to a name such as eu-west-2`;
  if (CREDENTIAL_ERRORS.has(name)) {
    return `AWS credentials: ${message}; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
  }
  if (code === 'ERR_INVALID_URL') {
    const written = process.env['AWS_ENDPOINT_URL'] ?? 'the endpoint of the profile or of a service';
    return `AWS_ENDPOINT_URL: ${written} is no URL; write one such as http://127.0.0.1:4566`;
  }
  if (NETWORK_CODES.has(code) || name === 'TimeoutError') {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    const [where, what] = endpoint === undefined ? ['AWS', 'region'] : [`AWS_ENDPOINT_URL ${endpoint}`, 'endpoint'];
    return `cannot reach ${where}: ${message}; check the ${what} and the network`;
  }
  return message;
}
