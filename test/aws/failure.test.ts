import { describe, expect, it } from '@jest/globals';
import {
  failureKind,
  failureMessage,
  isAccessDenied,
  isBadCredentials,
  isClusterNotFound,
  isLatticeResourceNotFound,
  isLoadBalancerNotFound,
  isTargetGroupNotFound,
  isThrottling,
} from '../../lib/aws/failure';

/** As the SDK throws it: AWS's code is the name. */
function awsError(name: string, httpStatusCode: number, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code });
}

describe('failureKind', () => {
  it.each([
    [awsError('AccessDeniedException', 400), 'AccessDenied'],
    [awsError('AccessDenied', 403), 'AccessDenied'],
    [awsError('UnauthorizedOperation', 403), 'AccessDenied'],
    [awsError('ThrottlingException', 400), 'Throttled'],
    [awsError('RequestLimitExceeded', 503), 'Throttled'],
    [awsError('NeverHeardOf', 429), 'Throttled'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'Timeout'],
    [systemError('ETIMEDOUT'), 'Timeout'],
    [awsError('InvalidAction', 400), 'Unsupported'],
    [awsError('SomethingElse', 501), 'Unsupported'],
    [systemError('ENOTFOUND'), 'ServiceError'],
    [systemError('ECONNREFUSED'), 'ServiceError'],
    [awsError('InternalFailure', 500), 'ServiceError'],
    [awsError('InvalidParameterException', 400), 'ServiceError'],
  ])('%s leaves a hole: %s', (error, kind) => expect(failureKind(error)).toBe(kind));

  it.each([
    awsError('ExpiredTokenException', 400),
    awsError('UnrecognizedClientException', 400),
    awsError('AuthFailure', 401),
    Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
    new TypeError('a bug of ours'),
    'not even an error',
    undefined,
  ])('%s makes every answer worthless', (error) => expect(failureKind(error)).toBeUndefined());
});

describe('the questions', () => {
  it.each([
    [isAccessDenied, 'UnauthorizedOperation', true],
    [isAccessDenied, 'ThrottlingException', false],
    [isThrottling, 'Throttling', true],
    [isBadCredentials, 'SignatureDoesNotMatch', true],
    [isClusterNotFound, 'ClusterNotFoundException', true],
    [isLoadBalancerNotFound, 'LoadBalancerNotFound', true],
    [isLoadBalancerNotFound, 'TargetGroupNotFound', false],
    [isLatticeResourceNotFound, 'ResourceNotFoundException', true],
    [isTargetGroupNotFound, 'TargetGroupNotFound', true],
    [isTargetGroupNotFound, 'TargetGroupNotFoundException', true],
  ])('%p of %s: %s', (question, name, answer) => expect(question(awsError(name, 400))).toBe(answer));
});

describe('failureMessage', () => {
  it.each([
    ['Rate exceeded', 'Rate exceeded'],
    ['Denied. Encoded authorization failure message: abc-DEF_123', 'Denied.'],
    ['Not found (Request ID: 1-2-3)', 'Not found'],
    ['', 'Some'],
  ])('%j is told as %j', (message, told) => expect(failureMessage(awsError('Some', 400, message))).toBe(told));

  it('is never endless, and never fails', () => {
    expect(failureMessage(awsError('Some', 400, 'x'.repeat(9_999)))).toHaveLength(500);
    expect(failureMessage(7)).toBe('7');
  });
});
