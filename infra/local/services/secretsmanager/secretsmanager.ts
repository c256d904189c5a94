import * as schemas from '@aws-sdk/client-secrets-manager';
import type { ServiceDefinition } from '../../kernel/operation';
import { deletionOperations } from './deletion-operations';
import { listSecrets } from './list-secrets';
import { secretOperations } from './secret-operations';
import { tagOperations } from './tags';
import { valueOperations } from './value-operations';

/** Secrets Manager: secrets, their versions and tags. */
export const secretsmanager: ServiceDefinition = {
  signingName: 'secretsmanager',
  iamPrefix: 'secretsmanager',
  schemas,
  client: () => new schemas.SecretsManagerClient({ region: 'us-east-1' }),
  operations: {
    ...deletionOperations,
    ListSecrets: listSecrets,
    ...secretOperations,
    ...tagOperations,
    ...valueOperations,
  },
};
