import { beforeEach, describe, expect, it } from '@jest/globals';
import { createPolicyLoader, PolicyUnavailableError } from '../../lib/policy/load-policy';
import { fileSource, parameterSource, type Parameter } from '../../lib/policy/policy-source';
import type { ItemStore } from '../../lib/state/item-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { adjustableClock } from '../support/adjustable-clock';

const valid = 'version: 1\nmode: enforce\nscopes: [{ name: all, posture: any, mode: enforce }]\n';
const NAME = '/ecs-ipv6/policy';

let clock: ReturnType<typeof adjustableClock>;
let parameters: Parameter[];
/** What a call for a parameter fails with, by its name. */
let failures: Map<string, Error>;
let store: ItemStore;

beforeEach(() => {
  clock = adjustableClock();
  parameters = [];
  failures = new Map();
  store = createMemoryStore({ now: clock.now });
});

const write = (name: string, value: string, version = 1): void => {
  parameters = [...parameters.filter((one) => one.name !== name), { name, value, version }];
};

/** As the SDK throws it: AWS's code is the name. */
const awsError = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error(`it said ${name}`), { name, $metadata: { httpStatusCode } });

const DENIED = awsError('AccessDeniedException', 400);

function loader(of: ItemStore = store) {
  const answer = <Answer>(name: string, value: Answer): Promise<Answer> => {
    const failure = failures.get(name);
    return failure ? Promise.reject(failure) : Promise.resolve(value);
  };
  const port = {
    getParameter: (name: string) =>
      answer(
        name,
        parameters.find((one) => one.name === name),
      ),
    listParameters: (path: string) =>
      answer(
        path,
        parameters.filter((one) => one.name.startsWith(path)),
      ),
  };
  return createPolicyLoader({ source: parameterSource(port, '/ecs-ipv6'), store: of, rules: [] });
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
    write(NAME, `${valid}alerts: { digestMinutes: 1 }\n`);
    expect(await loader().load()).toMatchObject({
      problems: [],
      warnings: [{ place: NAME, path: 'alerts.digestMinutes', message: expect.stringMatching(/no effect/) }],
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

  it('is remembered when everything is looked at, be it read before that or not', async () => {
    write(NAME, valid);
    const policies = loader();
    await policies.loadForPart();
    await policies.load();
    write(NAME, 'x', 2);
    expect((await policies.loadFresh()).policy.scopes).toMatchObject([{ name: 'all' }]);
  });

  it('is not remembered by a look at a part', async () => {
    write(NAME, valid);
    const policies = loader();
    await policies.loadForPart();
    write(NAME, 'x', 2);
    expect((await policies.loadFresh()).policy.scopes).toMatchObject([{ name: 'everything' }]);
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
    failures.set('/ecs-ipv6/enforcement', DENIED);
    expect(await loader().load()).toMatchObject({ enforcementOn: false, problems: [] });
  });

  it('is read again for each pass', async () => {
    const policies = loader();
    expect(await policies.loadForPart()).toMatchObject({ origin: 'built-in' });
    write(NAME, valid);
    expect(await policies.loadForPart()).toMatchObject({ origin: 'parameter', enforcementOn: false });
    write('/ecs-ipv6/enforcement', 'on');
    expect(await policies.loadForPart()).toMatchObject({ enforcementOn: true });
    write('/ecs-ipv6/enforcement', 'off');
    expect(await policies.load()).toMatchObject({ enforcementOn: false });
  });

  it('comes from a file with the kill switch of the account', async () => {
    const source = fileSource('policy.yaml', valid, () => Promise.resolve('on'));
    const policies = createPolicyLoader({ source, store, rules: [] });
    expect(await policies.load()).toMatchObject({ origin: 'file', enforcementOn: true, policy: { mode: 'enforce' } });
    // the store may be the stack's, and the file is nobody's policy but this run's
    expect(await store.list('policy')).toEqual([]);
  });
});

describe('a policy that can not be read', () => {
  const transient = [
    { place: NAME, error: awsError('ThrottlingException', 400), call: 'ssm:GetParameters', reason: 'Throttled' },
    { place: NAME, error: DENIED, call: 'ssm:GetParameters', reason: 'AccessDenied' },
    { place: NAME, error: awsError('TimeoutError', 0), call: 'ssm:GetParameters', reason: 'Timeout' },
    {
      place: `${NAME}/`,
      error: awsError('InternalServerError', 500),
      call: 'ssm:GetParametersByPath',
      reason: 'ServiceError',
    },
  ];

  it.each(transient)('is no broken one: the last valid goes on in observe: $reason', async ({ error, ...unread }) => {
    write(NAME, valid);
    write('/ecs-ipv6/enforcement', 'on');
    const policies = loader();
    const { policyVersion } = await policies.loadFresh();
    failures.set(unread.place, error);
    expect(await policies.loadFresh()).toMatchObject({
      ...{ origin: 'last-valid', policyVersion, problems: [], enforcementOn: false },
      policy: { mode: 'observe', scopes: [{ name: 'all', mode: 'observe' }] },
      unread: { ...unread, message: error.message },
    });
    failures.clear();
    // the next pass asks again, however soon it comes
    expect(await policies.load()).toMatchObject({ origin: 'parameter', policy: { mode: 'enforce' } });
  });

  it('leaves the built-in one in force where nobody wrote any, or nobody does any more', async () => {
    write(NAME, valid);
    const policies = loader();
    await policies.loadFresh();
    parameters = [];
    await policies.loadFresh();
    failures.set(NAME, DENIED);
    expect(await policies.loadFresh()).toMatchObject({
      ...{ origin: 'built-in', policyVersion: 'built-in', problems: [], unread: { reason: 'AccessDenied' } },
    });
  });

  it.each([awsError('ExpiredTokenException', 400), new TypeError('a bug of ours')])(
    'ends the run when no call would work: %s',
    async (error) => {
      failures.set(NAME, error);
      await expect(loader().load()).rejects.toBe(error);
    },
  );
});

describe('a state store that fails', () => {
  const down = new Error('table not found');
  const failing: ItemStore = {
    get: () => Promise.reject(down),
    list: () => Promise.reject(down),
    put: () => Promise.reject(down),
    remove: () => Promise.reject(down),
  };

  it.each([
    ['unread', () => failures.set(NAME, DENIED), /can not be read \(ssm:GetParameters of \/ecs-ipv6\/policy: it said/],
    [
      'broken',
      () => write(NAME, 'version: 1\nmoed: tag\n'),
      /can not be used \(\/ecs-ipv6\/policy .*state store failed/,
    ],
    ['valid', () => write(NAME, valid), /was read and can not be remembered: the state store failed \(table not found/],
  ] as const)('ends the run, for what is wanted is not known: %s', async (_, arrange, message) => {
    arrange();
    const loading = loader(failing).load();
    await expect(loading).rejects.toThrow(PolicyUnavailableError);
    await expect(loading).rejects.toThrow(message);
  });
});
