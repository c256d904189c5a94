import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersCommand,
  paginateGetParametersByPath,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { subscribe, type BusEvent } from '../../../../../infra/local/kernel/events';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { ssm } from '../../../../../infra/local/services/ssm/ssm';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

let account: LocalAccount;
let client: SSMClient;

beforeEach(async () => {
  account = await withLocalAccount({ services: [ssm] });
  client = new SSMClient(clientSettings(account));
});

const put = (Name: string, Value: string, more: object = {}) =>
  client.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));

describe('Parameter Store', () => {
  it('keeps what was written, a version higher each time', async () => {
    await put('/app/mode', 'a');
    const { Version } = await put('/app/mode', 'b', { Overwrite: true });
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/app/mode' }));
    expect(Version).toBe(2);
    expect(Parameter).toMatchObject({
      Name: '/app/mode',
      Value: 'b',
      Version: 2,
      Type: 'String',
      ARN: 'arn:aws:ssm:eu-west-2:111122223333:parameter/app/mode',
    });
  });

  it('pages what lies under a path by ten, and only what lies under it', async () => {
    for (let index = 0; index < 23; index++) await put(`/app/part/${String(index).padStart(2, '0')}`, 'x');
    await put('/app/part', 'itself');
    await put('/app/partner', 'neighbour');
    const pages: string[][] = [];
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path: '/app/part' })) {
      pages.push(Parameters.map(({ Name = '' }) => Name));
    }
    expect(pages.map((names) => names.length)).toEqual([10, 10, 3]);
    expect(pages.flat().every((name) => name.startsWith('/app/part/'))).toBe(true);
  });

  it('tells known names from unknown ones', async () => {
    await put('/a', '1');
    const answer = await client.send(new GetParametersCommand({ Names: ['/a', '/b'] }));
    expect(answer.Parameters?.map(({ Name }) => Name)).toEqual(['/a']);
    expect(answer.InvalidParameters).toEqual(['/b']);
  });

  it.each([
    ['a parameter that is not there', () => new GetParameterCommand({ Name: '/none' }), 'ParameterNotFound'],
    [
      'a name of AWS',
      () => new PutParameterCommand({ Name: '/aws/x', Value: 'v', Type: 'String' }),
      'ValidationException',
    ],
    [
      'a value over 4 KB',
      () => new PutParameterCommand({ Name: '/x', Value: 'v'.repeat(4097), Type: 'String' }),
      'ValidationException',
    ],
    ['no type for a new one', () => new PutParameterCommand({ Name: '/x', Value: 'v' }), 'ValidationException'],
    [
      'a nested reference',
      () => new PutParameterCommand({ Name: '/x', Value: '{{ y }}', Type: 'String' }),
      'ValidationException',
    ],
    [
      'eleven names',
      () => new GetParametersCommand({ Names: 'abcdefghijk'.split('').map((one) => `/${one}`) }),
      'ValidationException',
    ],
  ])('refuses %s', async (_what, command, code) => {
    await expect(client.send(command() as GetParameterCommand)).rejects.toMatchObject({ name: code });
  });

  it('has limits for names and descriptions', async () => {
    const refused = { name: 'ValidationException' };
    await expect(put(`/${'n'.repeat(1_011)}`, 'a')).rejects.toMatchObject(refused);
    await expect(put('/app/mode', 'a', { Description: 'd'.repeat(1_025) })).rejects.toMatchObject(refused);
    await put('/app/mode', 'a', { Description: 'd'.repeat(1_024) });
  });

  it('refuses to overwrite unless told to', async () => {
    await put('/a', '1');
    await expect(put('/a', '2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  });

  it('takes 8 KB in the advanced tier', async () => {
    await put('/big', 'v'.repeat(8192), { Tier: 'Advanced' });
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/big' }));
    expect(Parameter?.Value).toHaveLength(8192);
  });

  it('shows a secure value to those alone who ask for decryption', async () => {
    await put('/s', 'secret', { Type: 'SecureString' });
    await put('/p', 'plain');
    const read = async (Name: string, WithDecryption?: boolean) =>
      (await client.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter?.Value;
    expect([await read('/s', true), await read('/p', true), await read('/p')]).toEqual(['secret', 'plain', 'plain']);
    const kept = await read('/s');
    expect(kept).not.toContain('secret');
    expect([await read('/s', false), kept?.length]).toEqual([kept, 88]);
  });

  it('has no key but that of AWS', async () => {
    const secure = { Type: 'SecureString' };
    await put('/s', 'secret', { ...secure, KeyId: 'alias/aws/ssm' });
    await expect(put('/t', 'x', { ...secure, KeyId: 'alias/own' })).rejects.toMatchObject({ name: 'InvalidKeyId' });
    await expect(put('/t', 'x', { KeyId: 'alias/aws/ssm' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('tells the bus of every change', async () => {
    const events: BusEvent[] = [];
    subscribe(account.scope, (event) => events.push(event));
    await put('/a', '1');
    await put('/a', '2', { Overwrite: true });
    await client.send(new DeleteParameterCommand({ Name: '/a' }));
    expect(events.map((event) => [event.source, event['detail-type'], event.detail])).toEqual(
      ['Create', 'Update', 'Delete'].map((operation) => [
        'aws.ssm',
        'Parameter Store Change',
        { name: '/a', type: 'String', operation },
      ]),
    );
  });
});
