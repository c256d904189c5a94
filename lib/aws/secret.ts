import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** A text that is no log's business. */
export interface Secret {
  readonly read: () => Promise<string>;
  /** The next `read` asks AWS again. */
  readonly forget: () => void;
}

/** The text of a secret in Secrets Manager. */
export function secretOf(client: SecretsManagerClient, arn: string): Secret {
  return remembered(async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    return textOf(SecretString, `secret ${arn}`);
  });
}

/** The text of a SecureString in Parameter Store. */
export function parameterSecret(client: SSMClient, name: string): Secret {
  return remembered(async () => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return textOf(Parameter?.Value, `parameter ${name}`);
  });
}

function textOf(value: string | undefined, place: string): string {
  if (value === undefined || value === '') throw new Error(`the ${place} holds no text`);
  return value;
}

function remembered(ask: () => Promise<string>): Secret {
  let known: Promise<string> | undefined;
  const forget = (): void => {
    known = undefined;
  };
  return {
    forget,
    read: async () => {
      known ??= ask();
      try {
        return await known;
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
