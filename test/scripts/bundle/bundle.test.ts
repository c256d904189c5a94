import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bundle, bundleFunctions, bundleProgram } from '../../../scripts/bundle/bundle';
import { writeChanged } from '../../../scripts/bundle/write-changed';

const SAMPLE = 'test/fixtures/bundle/list-clusters.ts';
const LATER = 'test/fixtures/bundle/list-clusters-later.ts';
const CLUSTER = 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod';

let folder = '';
let bundles: readonly Bundle[] = [];
let server: Server;
let authorization: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  bundles = await bundleFunctions({ 'sample/index': SAMPLE }, folder);
  await writeChanged(bundles);
  await writeFile(join(folder, 'sample', 'package.json'), '{ "type": "commonjs" }');
  server = createServer((request, response) => {
    authorization = request.headers.authorization;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ clusterArns: [CLUSTER] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Calls the bundle's handler in a process of its own, which has this environment and no other. */
async function invoke(environment: Readonly<Record<string, string>>): Promise<string> {
  const call = `require('./sample').handler({}).then((answer) => console.log(JSON.stringify(answer)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', call], {
    cwd: folder,
    env: {
      AWS_REGION: 'eu-west-2',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_MAX_ATTEMPTS: '1',
      ...environment,
    },
  });
  return stdout.trim();
}

const isScript = ({ path }: Bundle): boolean => /\.c?js$/.test(path);

/** All of it, also what is loaded later. */
function script(of: readonly Bundle[]): string {
  return of
    .filter(isScript)
    .map(({ contents }) => Buffer.from(contents).toString())
    .join('\n');
}

describe('a function bundle', () => {
  it('runs on Node alone and signs with the credentials of its environment', async () => {
    expect(await invoke({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' })).toBe(`["${CLUSTER}"]`);
    expect(authorization).toContain('Credential=AKIDEXAMPLE/');
  });

  it('looks for credentials nowhere else', async () => {
    await expect(invoke({ AWS_PROFILE: 'someone' })).rejects.toThrow('Unable to find environment variable credentials');
    const text = script(bundles);
    for (const place of ['sso_start_url', 'AssumeRoleWithWebIdentity', 'credential_process', '169.254.170.2']) {
      expect({ place, found: text.includes(place) }).toEqual({ place, found: false });
    }
  });

  it('carries only the operations that the function uses', () => {
    const text = script(bundles);
    expect(text).toContain('DescribeVpcs');
    expect(text).not.toContain('ModifyVpcEndpoint');
    expect(text).not.toContain('PutAccountSettingDefault');
  });

  it('keeps its source map beside it and does not point at it, so that no cold start reads it', () => {
    const paths = bundles.map(({ path }) => path.slice(folder.length));
    const scripts = bundles.filter(isScript).map(({ path }) => path.slice(folder.length));
    expect(scripts).toContain('/sample/index.js');
    expect(paths.sort()).toEqual(scripts.flatMap((path) => [path, `${path}.map`]).sort());
    expect(script(bundles)).not.toContain('sourceMappingURL');
  });

  it('is pure ASCII: one other character in it makes V8 keep and read all of it in two bytes each', () => {
    // eslint-disable-next-line no-control-regex -- that is what ASCII is
    expect(script(bundles)).toMatch(/^[\x00-\x7f]*$/);
  });

  it('finds the lines of its sources', () => {
    const map = bundles.find(({ path }) => path.endsWith('/sample/index.js.map'));
    const { sources } = JSON.parse(Buffer.from(map?.contents ?? []).toString()) as { sources: string[] };
    expect(sources.some((source) => source.endsWith(SAMPLE))).toBe(true);
  });

  it('leaves in files of their own what is imported on demand, beside it', async () => {
    const [entry, ...others] = (await bundleFunctions({ 'later/index': LATER }, folder)).filter(isScript);
    expect(script(entry ? [entry] : [])).not.toContain('DescribeVpcs');
    expect(script(others)).toContain('DescribeVpcs');
    expect(others.every(({ path }) => path.startsWith(join(folder, 'later')))).toBe(true);
  });

  it('is the same byte for byte when nothing changed, and is then not written again', async () => {
    expect(await writeChanged(await bundleFunctions({ 'sample/index': SAMPLE }, folder))).toBe(0);
  });
});

describe('a program bundle', () => {
  it('has the full credential chain, for people use profiles and SSO', async () => {
    expect(script(await bundleProgram(SAMPLE, join(folder, 'cli.cjs')))).toContain('sso_start_url');
  });
});
