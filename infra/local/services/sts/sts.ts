import * as schemas from '@aws-sdk/client-sts';
import type { ServiceDefinition } from '../../kernel/operation';
import { getCallerIdentity } from './get-caller-identity';

export const sts: ServiceDefinition = {
  signingName: 'sts',
  iamPrefix: 'sts',
  schemas,
  client: () => new schemas.STSClient({ region: 'us-east-1' }),
  operations: { GetCallerIdentity: getCallerIdentity },
};
