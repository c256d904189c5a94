import { readFileSync } from 'node:fs';
import net from 'node:net';
import { describe, expect, it } from '@jest/globals';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
/** The SDK ships CommonJS, and its clients take long to load. */
const packages = Object.keys(dependencies).filter((name) => !name.startsWith('@aws-sdk/'));

describe('the test runner', () => {
  it.each(packages)('loads %s', async (name) => {
    const loaded = (await import(name)) as object;
    expect(Object.keys(loaded)).not.toEqual([]);
  });

  it('knows the errors of Node’s own modules as errors', () => {
    const fail = (): string => readFileSync('no-such-file', 'utf8');
    expect(fail).toThrow(Error);
    try {
      fail();
    } catch (error) {
      expect(error instanceof Error).toBe(true);
      expect(error instanceof TypeError).toBe(false);
    }
  });

  it('refuses to leave this machine', () => {
    expect(() => net.connect({ host: 'example.com', port: 443 })).toThrow('127.0.0.1 only');
  });

  it('gives tests no credentials, region or profile of the person who runs them', () => {
    const credentials = /^AWS_(ACCESS|SECRET|SESSION|PROFILE|REGION|DEFAULT|ENDPOINT|WEB_IDENTITY|CONTAINER|ROLE)/;
    expect(Object.keys(process.env).filter((name) => credentials.test(name))).toEqual([]);
  });
});
