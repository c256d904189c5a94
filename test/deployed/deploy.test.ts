import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { deploy, type Early } from '../../lib/deployed/deploy';

const POLICY = 'version: 1\nmode: observe\n';
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_REGION: 'eu-west-2',
  AWS_SECRET_ACCESS_KEY: 'x',
  POLICY_PREFIX: '/ecs-ipv6',
};

const before = { ...process.env };
let server: Server;
let asked: string[] = [];

/** Parameter Store with a policy and without a kill switch. */
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push(operation);
    const found = operation === 'GetParameters' ? [{ Name: '/ecs-ipv6/policy', Value: POLICY, Version: 3 }] : [];
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Parameters: found }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: `http://127.0.0.1:${String(port)}` });
});

afterEach(() => {
  process.env = { ...before };
  server.close();
  server.closeAllConnections();
});

const textOf = async ({ source }: Early): Promise<string | undefined> => (await source.read())?.parts[0]?.text;

it('asks for the policy before the rest is there, and only once', async () => {
  const askedMeanwhile: string[][] = [];
  const work = deploy(async (early) => {
    const text = await textOf(early);
    askedMeanwhile.push([...asked].sort());
    return (suffix: string) => Promise.resolve(`${String(text)}${suffix}`);
  });
  expect(asked).toEqual([]);
  expect(await Promise.all([work('a'), work('b')])).toEqual([`${POLICY}a`, `${POLICY}b`]);
  expect(await work('c')).toBe(`${POLICY}c`);
  expect(askedMeanwhile).toEqual([['GetParameters', 'GetParametersByPath']]);
});

it('loads the rest again if it could not be loaded', async () => {
  let tries = 0;
  const work = deploy(async (early) => {
    tries++;
    await textOf(early);
    if (tries === 1) throw new Error('not there');
    return () => Promise.resolve('done');
  });
  await expect(work()).rejects.toThrow('not there');
  expect(await work()).toBe('done');
  expect(await work()).toBe('done');
  expect(tries).toBe(2);
});

it('does not load the rest again because its work fails', async () => {
  let tries = 0;
  const work = deploy(async (early) => {
    tries++;
    await textOf(early);
    return () => Promise.reject(new Error('throttled'));
  });
  await expect(work()).rejects.toThrow('throttled');
  await expect(work()).rejects.toThrow('throttled');
  expect(tries).toBe(1);
});

it('names a variable that is missing while the function starts', () => {
  process.env['POLICY_PREFIX'] = '';
  expect(() => deploy(() => Promise.resolve(() => Promise.resolve()))).toThrow(
    'the environment variable POLICY_PREFIX is not set',
  );
});
