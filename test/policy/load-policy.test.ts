import { beforeEach, describe, expect, it } from '@jest/globals';
import { createPolicyLoader, POLICY_TTL_MS } from '../../lib/policy/load-policy';
import { fileSource, parameterSource, type Parameter } from '../../lib/policy/policy-source';
import { createMemoryStore } from '../../lib/state/memory-store';
import { adjustableClock } from '../support/adjustable-clock';

const valid = 'version: 1\nmode: enforce\nscopes: [{ name: all, posture: any, mode: enforce }]\n';
const NAME = '/ecs-ipv6/policy';

let clock: ReturnType<typeof adjustableClock>;
let parameters: Parameter[];
let unreadable: Set<string>;

beforeEach(() => {
  clock = adjustableClock();
  parameters = [];
  unreadable = new Set();
});

const write = (name: string, value: string, version = 1): void => {
  parameters = [...parameters.filter((one) => one.name !== name), { name, value, version }];
};

function loader() {
  const port = {
    getParameter: (name: string) =>
      unreadable.has(name)
        ? Promise.reject(new Error('AccessDenied'))
        : Promise.resolve(parameters.find((one) => one.name === name)),
    listParameters: (path: string) => Promise.resolve(parameters.filter((one) => one.name.startsWith(path))),
  };
  const source = parameterSource(port, '/ecs-ipv6');
  return createPolicyLoader({ source, store: createMemoryStore({ now: clock.now }), rules: [], now: clock.now });
}

describe('the policy in force', () => {
  it('is the built-in one when nobody wrote any: observe, everything, whatever is there', async () => {
    expect(await loader().load()).toMatchObject({
      ...{ origin: 'built-in', policyVersion: 'built-in', problems: [], enforcementOn: false },
      policy: { mode: 'observe', scopes: [{ name: 'everything', posture: 'any' }] },
    });
  });

  it('is what the parameters say, in name order', async () => {
    write(`${NAME}/b`, 'version: 1\nalerts: { minSeverity: high }\n');
    write(`${NAME}/a`, valid);
    expect(await loader().load()).toMatchObject({
      ...{ origin: 'parameter', problems: [] },
      policy: { mode: 'enforce', alerts: { minSeverity: 'high' } },
    });
  });

  it('comes with what it sets without effect', async () => {
    write(NAME, `${valid}guard: { heal: { perRun: 1 } }\n`);
    expect(await loader().load()).toMatchObject({
      problems: [],
      warnings: [{ place: NAME, path: 'guard.heal', message: expect.stringMatching(/no effect/) }],
    });
  });

  it('has another version when a part changes', async () => {
    write(NAME, valid);
    const policies = loader();
    const { policyVersion } = await policies.loadFresh();
    expect((await policies.loadFresh()).policyVersion).toBe(policyVersion);
    write(NAME, valid, 2);
    expect((await policies.loadFresh()).policyVersion).not.toBe(policyVersion);
  });

  it('goes on as the last valid one, in observe, while the written one is broken', async () => {
    write(NAME, valid);
    write('/ecs-ipv6/enforcement', 'on');
    const policies = loader();
    await policies.loadFresh();
    write(NAME, 'version: 1\nmoed: tag\n', 2);
    const broken = await policies.loadFresh();
    expect(broken).toMatchObject({ origin: 'last-valid', enforcementOn: false });
    expect(broken.policy).toMatchObject({ mode: 'observe', scopes: [{ name: 'all', mode: 'observe' }] });
    expect(broken.problems.map(({ path }) => path)).toContain('moed');
    write(NAME, valid, 3);
    expect(await policies.loadFresh()).toMatchObject({
      origin: 'parameter',
      policy: { mode: 'enforce' },
      problems: [],
    });
  });

  it('goes on in observe when it can not be read', async () => {
    write(NAME, valid);
    const policies = loader();
    await policies.loadFresh();
    unreadable.add(NAME);
    expect(await policies.loadFresh()).toMatchObject({
      ...{ origin: 'last-valid', enforcementOn: false, policy: { mode: 'observe', scopes: [{ name: 'all' }] } },
      problems: [{ message: 'cannot be read: AccessDenied' }],
    });
  });

  it('is the built-in one when it is broken and there never was a valid one', async () => {
    write(NAME, 'x');
    expect((await loader().load()).policy.scopes).toMatchObject([{ name: 'everything' }]);
  });

  it.each([
    ['on', true],
    ['On', false],
    ['on\n', false],
    ['true', false],
    ['', false],
  ])('allows removals only when the kill switch says on: %j', async (value, enforcementOn) => {
    write(NAME, valid);
    write('/ecs-ipv6/enforcement', value);
    expect(await loader().load()).toMatchObject({ enforcementOn });
  });

  it('allows no removals when the kill switch is missing or unreadable', async () => {
    write(NAME, valid);
    expect(await loader().load()).toMatchObject({ enforcementOn: false, policy: { mode: 'enforce' } });
    write('/ecs-ipv6/enforcement', 'on');
    unreadable.add('/ecs-ipv6/enforcement');
    expect(await loader().load()).toMatchObject({ enforcementOn: false, problems: [] });
  });

  it('is read again after its time, and at once for the fence', async () => {
    const policies = loader();
    await policies.load();
    write(NAME, valid);
    clock.advance(POLICY_TTL_MS - 1);
    expect(await policies.load()).toMatchObject({ origin: 'built-in' });
    clock.advance(1);
    expect(await policies.load()).toMatchObject({ origin: 'parameter' });
    write('/ecs-ipv6/enforcement', 'on');
    expect(await policies.load()).toMatchObject({ enforcementOn: false });
    expect(await policies.loadFresh()).toMatchObject({ enforcementOn: true });
    expect(await policies.load()).toMatchObject({ enforcementOn: true });
  });

  it('comes from a file with the kill switch of the account', async () => {
    const source = fileSource('policy.yaml', valid, () => Promise.resolve('on'));
    const store = createMemoryStore({ now: clock.now });
    const policies = createPolicyLoader({ source, store, rules: [], now: clock.now });
    expect(await policies.load()).toMatchObject({ origin: 'file', enforcementOn: true, policy: { mode: 'enforce' } });
  });
});
