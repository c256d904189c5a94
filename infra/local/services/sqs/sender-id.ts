import { createHash } from 'node:crypto';
import type { Principal } from '../../kernel/operation';

/** Role ids start so: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ROLE_ID_PREFIX = 'AROA';

/** Who sent a message, as its attribute SenderId says it: the account, or `<role id>:<session>`. */
export function senderIdOf({ account, arn, roleArn }: Principal): string {
  if (roleArn === undefined) return account;
  const digest = createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase();
  return `${ROLE_ID_PREFIX}${digest}:${arn.split('/').at(-1) ?? ''}`;
}
