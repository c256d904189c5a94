import { afterEach, expect, it } from '@jest/globals';
import { whoAmI } from '../../lib/composition';
import { startLocal } from '../../lib/cli/local';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

it('is what the SDK of the process talks to, whatever was set for another account', async () => {
  Object.assign(process.env, {
    AWS_PROFILE: 'production',
    AWS_SESSION_TOKEN: 'of-production',
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_USE_FIPS_ENDPOINT: 'true',
  });
  const { account } = await startLocal({ seed: { name: 'empty' }, port: 0 });
  try {
    expect(await whoAmI({})).toMatchObject({ account: account.account, region: account.region });
    expect(account.calls.list().map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  } finally {
    await account.stop();
  }
});
