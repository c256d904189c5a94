import type { CreateSecretCommandInput } from '@aws-sdk/client-secrets-manager';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { secretsmanager } from '../../../../../infra/local/services/secretsmanager/secretsmanager';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf } from '../ec2/an-ec2-account';

const DAY_MS = 24 * 60 * 60 * 1_000;
const START = new Date('2026-11-22T10:00:00Z');
const TOKEN = 'a'.repeat(32);
const Name = 'ecs-ipv6/slack';

async function anAccount() {
  const clock = new SimulatedClock({ start: START, running: false });
  const account = await withLocalAccount({ services: [secretsmanager], clock });
  return { clock, account, client: new SecretsManager(clientSettings(account)) };
}

async function aSecret() {
  const site = await anAccount();
  const made = await site.client.createSecret({ Name, SecretString: 'first', Description: 'Webhook' });
  const value = async (VersionStage?: string) =>
    (await site.client.getSecretValue({ SecretId: Name, VersionStage })).SecretString;
  return { ...site, made, value };
}

describe('a secret', () => {
  it('is found by its name, its ARN, and its ARN without the six characters at the end', async () => {
    const { client, made } = await aSecret();
    const arn = made.ARN ?? '';
    expect(arn).toMatch(/^arn:aws:secretsmanager:eu-west-2:111122223333:secret:ecs-ipv6\/slack-[a-zA-Z0-9]{6}$/);
    for (const SecretId of [Name, arn, arn.slice(0, -7)]) {
      expect(await client.getSecretValue({ SecretId })).toMatchObject({
        ...{ ARN: arn, Name, SecretString: 'first', VersionId: made.VersionId, VersionStages: ['AWSCURRENT'] },
      });
    }
    expect(await codeOf(client.getSecretValue({ SecretId: arn.slice(0, -1) }))).toBe('ResourceNotFoundException');
  });

  it('keeps bytes as well as text', async () => {
    const { client } = await anAccount();
    await client.createSecret({ Name, SecretBinary: Uint8Array.of(1, 2, 255) });
    const { SecretBinary, SecretString } = await client.getSecretValue({ SecretId: Name });
    expect([[...(SecretBinary ?? [])], SecretString]).toEqual([[1, 2, 255], undefined]);
  });

  it('has no value until one is put', async () => {
    const { client } = await anAccount();
    const { VersionId } = await client.createSecret({ Name });
    expect(VersionId).toBeUndefined();
    expect(await codeOf(client.getSecretValue({ SecretId: Name }))).toBe('ResourceNotFoundException');
    await client.putSecretValue({ SecretId: Name, SecretString: 'x', VersionStages: ['AWSPENDING'] });
    const { VersionStages = [] } = await client.getSecretValue({ SecretId: Name });
    expect(VersionStages.sort()).toEqual(['AWSCURRENT', 'AWSPENDING']);
  });

  it('describes itself, read by the day', async () => {
    const { client, made, clock } = await aSecret();
    await clock.advance(DAY_MS);
    await client.getSecretValue({ SecretId: Name });
    await client.updateSecret({ SecretId: Name, Description: 'Changed' });
    const described = await client.describeSecret({ SecretId: Name });
    expect(described).toMatchObject({
      ...{ ARN: made.ARN, Name, Description: 'Changed', CreatedDate: START, Tags: [] },
      LastChangedDate: new Date(START.getTime() + DAY_MS),
      LastAccessedDate: new Date('2026-11-23T00:00:00Z'),
      VersionIdsToStages: { [made.VersionId ?? '']: ['AWSCURRENT'] },
    });
    expect(described.DeletedDate).toBeUndefined();
  });
});

describe('versions', () => {
  it('hand AWSCURRENT on, and what had it becomes AWSPREVIOUS', async () => {
    const { client, value } = await aSecret();
    await client.putSecretValue({ SecretId: Name, SecretString: 'second' });
    expect([await value(), await value('AWSPREVIOUS')]).toEqual(['second', 'first']);
    await client.updateSecret({ SecretId: Name, SecretString: 'third' });
    expect([await value(), await value('AWSPREVIOUS')]).toEqual(['third', 'second']);
    const { VersionIdsToStages = {} } = await client.describeSecret({ SecretId: Name });
    expect(Object.values(VersionIdsToStages).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('with labels of their own leave the current one alone', async () => {
    const { client, value } = await aSecret();
    const put = { SecretId: Name, SecretString: 'pending', VersionStages: ['AWSPENDING'] };
    const { VersionId } = await client.putSecretValue(put);
    expect([await value(), await value('AWSPENDING')]).toEqual(['first', 'pending']);
    const mixed = { SecretId: Name, VersionId, VersionStage: 'AWSCURRENT' };
    expect(await codeOf(client.getSecretValue(mixed))).toBe('InvalidRequestException');
    expect((await client.getSecretValue({ SecretId: Name, VersionId })).SecretString).toBe('pending');
  });

  it('are made once for a token, and never changed', async () => {
    const { client, value } = await aSecret();
    const put = { SecretId: Name, SecretString: 'second', ClientRequestToken: TOKEN };
    await client.putSecretValue(put);
    await client.putSecretValue({ SecretId: Name, SecretString: 'third' });
    expect((await client.putSecretValue(put)).VersionId).toBe(TOKEN);
    expect(await value()).toBe('third');
    expect(await codeOf(client.putSecretValue({ ...put, SecretString: 'other' }))).toBe('ResourceExistsException');
  });
});

describe('deletion', () => {
  it('waits for thirty days unless told otherwise; until then the name is taken and the value out of reach', async () => {
    const { client, clock } = await aSecret();
    const { DeletionDate } = await client.deleteSecret({ SecretId: Name });
    expect(DeletionDate).toEqual(new Date(START.getTime() + 30 * DAY_MS));
    expect((await client.describeSecret({ SecretId: Name })).DeletedDate).toEqual(DeletionDate);
    for (const call of [
      client.getSecretValue({ SecretId: Name }),
      client.putSecretValue({ SecretId: Name, SecretString: 'x' }),
      client.updateSecret({ SecretId: Name, Description: 'x' }),
      client.tagResource({ SecretId: Name, Tags: [{ Key: 'a', Value: 'b' }] }),
      client.deleteSecret({ SecretId: Name }),
      client.createSecret({ Name, SecretString: 'x' }),
    ]) {
      expect(await codeOf(call)).toBe('InvalidRequestException');
    }
    expect((await client.listSecrets()).SecretList).toEqual([]);
    expect((await client.listSecrets({ IncludePlannedDeletion: true })).SecretList).toMatchObject([{ Name }]);
    await clock.advance(30 * DAY_MS);
    expect(await codeOf(client.describeSecret({ SecretId: Name }))).toBe('ResourceNotFoundException');
  });

  it('can be taken back', async () => {
    const { client, clock, value } = await aSecret();
    await client.deleteSecret({ SecretId: Name, RecoveryWindowInDays: 7 });
    await client.restoreSecret({ SecretId: Name });
    await clock.advance(8 * DAY_MS);
    expect(await value()).toBe('first');
  });

  it('by force is at once, and a new secret of the name has another ARN', async () => {
    const { client, made } = await aSecret();
    await client.deleteSecret({ SecretId: Name });
    await client.deleteSecret({ SecretId: Name, ForceDeleteWithoutRecovery: true });
    const again = await client.createSecret({ Name, SecretString: 'new' });
    expect(again.ARN).not.toBe(made.ARN);
    await client.deleteSecret({ SecretId: 'never-there', ForceDeleteWithoutRecovery: true });
  });

  it.each([
    { RecoveryWindowInDays: 6 },
    { RecoveryWindowInDays: 31 },
    { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
  ])('refuses %j', async (wrong) => {
    const { client, value } = await aSecret();
    expect(await codeOf(client.deleteSecret({ SecretId: Name, ...wrong }))).toBe('InvalidParameterException');
    expect(await value()).toBe('first');
  });
});

describe('the list', () => {
  it('comes in pages, the newest first, or the oldest', async () => {
    const { client } = await anAccount();
    for (const each of ['one', 'two', 'three']) await client.createSecret({ Name: each });
    const names = async (SortOrder?: 'asc' | 'desc') => {
      const first = await client.listSecrets({ MaxResults: 2, SortOrder });
      const second = await client.listSecrets({ MaxResults: 2, SortOrder, NextToken: first.NextToken });
      expect(second.NextToken).toBeUndefined();
      return [...(first.SecretList ?? []), ...(second.SecretList ?? [])].map((secret) => secret.Name);
    };
    expect(await names()).toEqual(['three', 'two', 'one']);
    expect(await names('asc')).toEqual(['one', 'two', 'three']);
    expect(await codeOf(client.listSecrets({ NextToken: 'nonsense' }))).toBe('InvalidNextTokenException');
  });

  it('is filtered by the beginning of names, descriptions and tags', async () => {
    const { client } = await anAccount();
    await client.createSecret({ Name: 'prod/db', Tags: [{ Key: 'team', Value: 'web' }] });
    await client.createSecret({ Name: 'test/db', Description: 'For Tests' });
    const found = async (Key: 'name' | 'description' | 'tag-key' | 'tag-value', Values: string[]) =>
      (await client.listSecrets({ Filters: [{ Key, Values }] })).SecretList?.map((secret) => secret.Name);
    expect(await found('name', ['prod'])).toEqual(['prod/db']);
    expect(await found('name', ['Prod'])).toEqual([]);
    expect(await found('name', ['!prod'])).toEqual(['test/db']);
    expect(await found('description', ['for tests'])).toEqual(['test/db']);
    expect(await found('tag-key', ['te'])).toEqual(['prod/db']);
    expect(await found('tag-value', ['web', 'other'])).toEqual(['prod/db']);
    expect(await codeOf(client.listSecrets({ Filters: [{ Key: 'all', Values: ['x'] }] }))).toBe('NotImplemented');
  });
});

describe('tags', () => {
  it('are added, changed and taken away', async () => {
    const { client } = await aSecret();
    const tag = (Key: string, Value: string) => ({ Key, Value });
    await client.tagResource({ SecretId: Name, Tags: [tag('team', 'web'), tag('stage', 'beta')] });
    await client.tagResource({ SecretId: Name, Tags: [tag('stage', 'prod')] });
    await client.untagResource({ SecretId: Name, TagKeys: ['team', 'absent'] });
    expect((await client.describeSecret({ SecretId: Name })).Tags).toEqual([tag('stage', 'prod')]);
    for (const wrong of [[tag('aws:x', '')], [tag('', 'x')], [tag('k'.repeat(129), '')], [tag('k', 'v'.repeat(257))]]) {
      expect(await codeOf(client.tagResource({ SecretId: Name, Tags: wrong }))).toBe('InvalidParameterException');
    }
    const many = Array.from({ length: 50 }, (_, index) => tag(`k${String(index)}`, ''));
    expect(await codeOf(client.tagResource({ SecretId: Name, Tags: many }))).toBe('InvalidParameterException');
  });
});

describe('a request', () => {
  it.each<{ fault: string; request: Partial<CreateSecretCommandInput>; code: string }>([
    { fault: 'a blank in the name', request: { Name: 'with blank' }, code: 'ValidationException' },
    { fault: 'a name too long', request: { Name: 'n'.repeat(513) }, code: 'ValidationException' },
    { fault: 'an empty value', request: { SecretString: '' }, code: 'ValidationException' },
    { fault: 'a value too large', request: { SecretString: 'x'.repeat(65_537) }, code: 'ValidationException' },
    { fault: 'a description too long', request: { Description: 'd'.repeat(2_049) }, code: 'ValidationException' },
    { fault: 'two values', request: { SecretBinary: Uint8Array.of(1) }, code: 'InvalidParameterException' },
    { fault: 'a token too short', request: { ClientRequestToken: 'short' }, code: 'InvalidParameterException' },
    { fault: 'a key of its own', request: { KmsKeyId: 'alias/own' }, code: 'NotImplemented' },
  ])('to create with $fault is refused', async ({ request, code }) => {
    const { client } = await anAccount();
    expect(await codeOf(client.createSecret({ Name, SecretString: 'x', ...request }))).toBe(code);
    expect((await client.listSecrets()).SecretList).toEqual([]);
  });

  it('to create is repeated with its token, and nobody else gets the name', async () => {
    const { client } = await anAccount();
    const request = { Name, SecretString: 'first', ClientRequestToken: TOKEN };
    const made = await client.createSecret(request);
    expect(await client.createSecret(request)).toMatchObject({ ARN: made.ARN, VersionId: TOKEN });
    expect(await codeOf(client.createSecret({ ...request, SecretString: 'x' }))).toBe('ResourceExistsException');
    expect(await codeOf(client.createSecret({ Name, SecretString: 'first' }))).toBe('ResourceExistsException');
  });

  it('to put a value needs one, and labels within bounds', async () => {
    const { client } = await aSecret();
    const put = { SecretId: Name, SecretString: 'x' };
    expect(await codeOf(client.putSecretValue({ SecretId: Name }))).toBe('InvalidRequestException');
    expect(await codeOf(client.putSecretValue({ ...put, VersionStages: [] }))).toBe('ValidationException');
    const many = Array.from({ length: 21 }, (_, index) => `stage-${String(index)}`);
    expect(await codeOf(client.putSecretValue({ ...put, VersionStages: many }))).toBe('ValidationException');
  });
});
