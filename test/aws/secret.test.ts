import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { secretsmanager } from '../../infra/local/services/secretsmanager/secretsmanager';
import { ssm } from '../../infra/local/services/ssm/ssm';
import { parameterSecret, secretOf } from '../../lib/aws/secret';
import { clientSettings, withLocalAccount } from '../support/local-account';

async function aVault() {
  const account = await withLocalAccount({ services: [secretsmanager, ssm] });
  const secrets = new SecretsManagerClient(clientSettings(account));
  return { account, secrets, parameters: new SSMClient(clientSettings(account)) };
}

it('reads a secret once, and again when it was replaced', async () => {
  const { account, secrets } = await aVault();
  const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: 'slack', SecretString: 'first' }));
  const { read, forget } = secretOf(secrets, ARN);
  expect(await Promise.all([read(), read()])).toEqual(['first', 'first']);
  await secrets.send(new PutSecretValueCommand({ SecretId: ARN, SecretString: 'second' }));
  expect(await read()).toBe('first');
  forget();
  expect(await read()).toBe('second');
  expect(account.calls.list().filter(({ operation }) => operation === 'GetSecretValue')).toHaveLength(2);
});

it('reads a SecureString as it was written', async () => {
  const { parameters } = await aVault();
  await parameters.send(new PutParameterCommand({ Name: '/ecs-ipv6/slack', Value: 'hook', Type: 'SecureString' }));
  expect(await parameterSecret(parameters, '/ecs-ipv6/slack').read()).toBe('hook');
});

it('asks again after it failed', async () => {
  const { parameters } = await aVault();
  const { read } = parameterSecret(parameters, '/ecs-ipv6/slack');
  await expect(read()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await parameters.send(new PutParameterCommand({ Name: '/ecs-ipv6/slack', Value: 'hook', Type: 'SecureString' }));
  expect(await read()).toBe('hook');
});

it('says where it looked for a text that is none', async () => {
  const { secrets } = await aVault();
  const SecretBinary = Buffer.from('hook');
  const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: 'slack', SecretBinary }));
  await expect(secretOf(secrets, ARN).read()).rejects.toThrow(`the secret ${ARN} holds no text`);
});
