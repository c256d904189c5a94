import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { ssm } from '../../infra/local/services/ssm/ssm';
import { isAccessDenied } from '../../lib/aws/failure';
import { parameterPort } from '../../lib/aws/parameters';
import { clientSettings, withLocalAccount } from '../support/local-account';

async function aStore() {
  const account = await withLocalAccount({ services: [ssm] });
  const client = new SSMClient(clientSettings(account));
  const put = (Name: string, Value: string, more: object = {}) =>
    client.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
  return { account, put, port: parameterPort(client) };
}

describe('parameters', () => {
  it('are read with their version, also those that are encrypted', async () => {
    const { put, port } = await aStore();
    await put('/ecs-ipv6/policy', 'a', { Type: 'SecureString' });
    await put('/ecs-ipv6/policy', 'b', { Type: 'SecureString', Overwrite: true });
    expect(await port.getParameter('/ecs-ipv6/policy')).toEqual({ name: '/ecs-ipv6/policy', value: 'b', version: 2 });
  });

  it('may be missing', async () => {
    const { port } = await aStore();
    expect(await port.getParameter('/ecs-ipv6/enforcement')).toBeUndefined();
    expect(await port.listParameters('/ecs-ipv6/policy/')).toEqual([]);
  });

  it('are listed below a path, on every page and level', async () => {
    const { put, port } = await aStore();
    const names = Array.from({ length: 23 }, (_, index) => `/ecs-ipv6/policy/part-${String(index).padStart(2, '0')}`);
    for (const name of [...names, '/ecs-ipv6/policy/deeper/part', '/ecs-ipv6/policy', '/other']) await put(name, name);
    const found = await port.listParameters('/ecs-ipv6/policy/');
    expect(found.map(({ name }) => name).sort()).toEqual(['/ecs-ipv6/policy/deeper/part', ...names]);
    expect(found.every(({ name, value, version }) => value === name && version === 1)).toBe(true);
  });

  it('that may not be read are no missing ones', async () => {
    const { account, port } = await aStore();
    account.interceptors.push(() => {
      throw new ApiError('AccessDeniedException', 'not authorized', 400);
    });
    for (const call of [() => port.getParameter('/a'), () => port.listParameters('/a/')]) {
      expect(isAccessDenied(await call().catch((error: unknown) => error))).toBe(true);
    }
  });

  it('that are asked for at the same time are read in one call, later ones anew', async () => {
    const { account, put, port } = await aStore();
    for (const name of ['/a', '/b']) await put(name, name);
    const get = async (name: string) => (await port.getParameter(name))?.value;
    expect(await Promise.all([get('/a'), get('/b'), get('/absent'), get('/a')])).toEqual(['/a', '/b', undefined, '/a']);
    expect(await get('/b')).toBe('/b');
    const read = account.calls.list().filter(({ readOnly }) => readOnly);
    expect(read.map(({ operation }) => operation)).toEqual(['GetParameters', 'GetParameters']);
  });

  it('of which one may not be read are read one by one', async () => {
    const { account, put, port } = await aStore();
    for (const name of ['/a', '/secret']) await put(name, name);
    account.interceptors.push((_, input) => {
      if (JSON.stringify(input).includes('secret')) throw new ApiError('AccessDeniedException', 'not authorized', 400);
    });
    const [open, secret] = await Promise.allSettled([port.getParameter('/a'), port.getParameter('/secret')]);
    expect(open).toMatchObject({ status: 'fulfilled', value: { value: '/a' } });
    expect(secret).toMatchObject({ status: 'rejected', reason: { name: 'AccessDeniedException' } });
  });
});
