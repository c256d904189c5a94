import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import { authorizeRoles } from '../../../../../infra/local/iam/authorize';
import { putRole, roleSession } from '../../../../../infra/local/iam/roles';
import { secretsmanager } from '../../../../../infra/local/services/secretsmanager/secretsmanager';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf } from '../ec2/an-ec2-account';

const DENIED = 'AccessDeniedException';
const ANYWHERE = 'arn:aws:secretsmanager:eu-west-2:111122223333:secret';

/** Two secrets, `slack` and `slack-other`, and a role that may read as the statement says. */
async function aReader(resource: string, more: object = {}) {
  const account = await withLocalAccount({ services: [secretsmanager], authorize: authorizeRoles });
  const admin = new SecretsManager(clientSettings(account));
  const Tags = [{ Key: 'Team', Value: 'web' }];
  await admin.createSecret({ Name: 'slack', SecretString: 'hook', Tags });
  await admin.createSecret({ Name: 'slack-other', SecretString: 'other' });
  const Statement = { Effect: 'Allow', Action: 'secretsmanager:*', Resource: resource, ...more };
  const inline = [{ Version: '2012-10-17', Statement }];
  putRole(account.scope, { name: 'notify', inline, managedPolicyArns: [] });
  const role = roleSession(account.scope, 'arn:aws:iam::111122223333:role/notify', 'run');
  const reader = new SecretsManager(clientSettings(account, { credentials: account.registerCredentials(role) }));
  const read = (SecretId: string, VersionStage?: string) => codeOf(reader.getSecretValue({ SecretId, VersionStage }));
  return { admin, reader, read };
}

test('a policy for a name and six more characters is for that secret alone', async () => {
  const { read } = await aReader(`${ANYWHERE}:slack-??????`);
  expect([await read('slack'), await read('slack-other')]).toEqual(['no error', DENIED]);
});

test('a policy for the bare name is for no secret', async () => {
  const { read } = await aReader(`${ANYWHERE}:slack`);
  expect(await read('slack')).toBe(DENIED);
});

test('a policy for the ARN ends with the secret, whoever takes its name', async () => {
  const { admin } = await aReader('*');
  const { ARN = '' } = await admin.describeSecret({ SecretId: 'slack' });
  const { read, admin: again } = await aReader(ARN);
  expect(await read('slack')).toBe('no error');
  await again.deleteSecret({ SecretId: 'slack', ForceDeleteWithoutRecovery: true });
  await again.createSecret({ Name: 'slack', SecretString: 'x' });
  expect(await read('slack')).toBe(DENIED);
});

test('tags, labels and names of new secrets can be conditions', async () => {
  const tagged = await aReader('*', { Condition: { StringEquals: { 'secretsmanager:ResourceTag/Team': 'web' } } });
  expect([await tagged.read('slack'), await tagged.read('slack-other')]).toEqual(['no error', DENIED]);
  const staged = await aReader('*', { Condition: { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } } });
  expect([await staged.read('slack', 'AWSCURRENT'), await staged.read('slack', 'AWSPREVIOUS')]).toEqual([
    'no error',
    DENIED,
  ]);
  const named = await aReader('*', { Condition: { StringLike: { 'secretsmanager:Name': 'ecs-ipv6/*' } } });
  expect(await codeOf(named.reader.createSecret({ Name: 'ecs-ipv6/a' }))).toBe('no error');
  expect(await codeOf(named.reader.createSecret({ Name: 'b' }))).toBe(DENIED);
});

test('a policy for names that begin alike is for secrets to be made as well', async () => {
  const { reader } = await aReader(`${ANYWHERE}:ecs-ipv6/*`);
  expect(await codeOf(reader.createSecret({ Name: 'ecs-ipv6/a' }))).toBe('no error');
  expect(await codeOf(reader.createSecret({ Name: 'other' }))).toBe(DENIED);
});
