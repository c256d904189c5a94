import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { Principal } from '../../kernel/operation';
import { operation } from '../../kernel/operation';

type Identity = Omit<GetCallerIdentityCommandOutput, '$metadata'>;

/** An assumed role's user id ends in its session name: `AROA...:session`. */
function userId({ account, arn, roleArn }: Principal): string {
  return roleArn === undefined ? account : `AROA:${arn.split('/').at(-1) ?? ''}`;
}

export const getCallerIdentity = operation<GetCallerIdentityCommandInput, Identity>({
  accepts: [],
  // No policy can deny it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  authorize: () => [],
  run: (_, { principal }) => ({ UserId: userId(principal), Account: principal.account, Arn: principal.arn }),
});
