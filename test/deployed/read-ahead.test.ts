import { expect, it } from '@jest/globals';
import { readAhead } from '../../lib/deployed/read-ahead';
import type { PolicySource, WrittenPolicy } from '../../lib/policy/policy-source';

/** Parameter Store, in which each read finds a newer version. */
function aSource(fails = false) {
  const reads: string[] = [];
  const next = (kind: string): Promise<string> => {
    reads.push(kind);
    return fails ? Promise.reject(new Error(`${kind} failed`)) : Promise.resolve(`${kind} ${String(reads.length)}`);
  };
  const source: PolicySource = {
    origin: 'parameter',
    read: async (): Promise<WrittenPolicy> => ({ parts: [], policyVersion: await next('policy') }),
    readEnforcement: () => next('enforcement'),
  };
  return { reads, source };
}

it('hands out what it began to read, once', async () => {
  const { reads, source } = aSource();
  const ahead = readAhead(source);
  ahead.begin();
  expect(reads).toEqual(['policy', 'enforcement']);
  expect([(await ahead.read())?.policyVersion, await ahead.readEnforcement()]).toEqual(['policy 1', 'enforcement 2']);
  expect(reads).toHaveLength(2);
  // a removal asks for what is written now
  expect([(await ahead.read())?.policyVersion, await ahead.readEnforcement()]).toEqual(['policy 3', 'enforcement 4']);
});

it('reads when it is asked, if it did not begin', async () => {
  const { reads, source } = aSource();
  const ahead = readAhead(source);
  expect(ahead.origin).toBe('parameter');
  expect((await ahead.read())?.policyVersion).toBe('policy 1');
  expect(reads).toEqual(['policy']);
});

it('tells of a failure to whoever reads', async () => {
  const ahead = readAhead(aSource(true).source);
  ahead.begin();
  await expect(ahead.read()).rejects.toThrow('policy failed');
  await expect(ahead.readEnforcement()).rejects.toThrow('enforcement failed');
});
