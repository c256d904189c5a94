/** Condition keys that every request has: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
import type { Call, Principal } from '../kernel/operation';

function principalType({ arn, roleArn }: Principal): string {
  if (roleArn !== undefined) return 'AssumedRole';
  return arn.endsWith(':root') ? 'Account' : 'User';
}

/** In lower case, as `Authorization.context` has them. */
export function globalConditions({ principal, scope }: Call): Readonly<Record<string, readonly string[]>> {
  const now = scope.clock.now();
  return {
    // For a session this is its role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    'aws:principalarn': [principal.roleArn ?? principal.arn],
    'aws:principalaccount': [principal.account],
    'aws:principaltype': [principalType(principal)],
    'aws:principalisawsservice': ['false'],
    'aws:viaawsservice': ['false'],
    'aws:requestedregion': [scope.region],
    'aws:sourceip': ['127.0.0.1'],
    // What stands here for AWS's endpoints is plain HTTP; policies are judged as they would be there.
    'aws:securetransport': ['true'],
    'aws:currenttime': [now.toISOString()],
    'aws:epochtime': [String(Math.floor(now.getTime() / 1000))],
  };
}
