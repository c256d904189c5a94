/**
 * A sweep over an account whose lists come in pieces: however they are cut, it comes to the same report; and a list that
 * breaks off in the middle is a gap, never a shorter list.
 */
import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import type { Interceptor } from '../infra/local/protocol/invocation';
import { services } from '../infra/local/services';
import { assembleController } from '../lib/assemble';
import { parameterPort } from '../lib/aws/parameters';
import { createReads } from '../lib/aws/reads';
import { writePorts } from '../lib/aws/write-ports';
import { createPolicyLoader } from '../lib/policy/load-policy';
import { parameterSource } from '../lib/policy/policy-source';
import type { Report } from '../lib/report/report';
import { rules } from '../lib/rules/registry';
import { createCollect } from '../lib/snapshot/collect';
import { createMemoryStore } from '../lib/state/memory-store';
import { findingPartition, toRecord } from '../lib/state/records';
import { everything } from './snapshot/a-collector';
import { aManyPagedAccount, type ManyPagedAccount } from './support/a-many-paged-account';
import { place } from './support/action-builders';
import { clientSettings } from './support/local-account';
import { workloadClients } from './support/workload-clients';

/** Sweeps that share nothing but what the state store remembers. */
function aSweeper({ account, clock }: ManyPagedAccount) {
  const now = () => clock.now();
  const store = createMemoryStore({ now });
  const source = parameterSource(parameterPort(new SSMClient(clientSettings(account))), '/ecs-ipv6');
  return {
    sweep: async () => {
      const clients = workloadClients(account);
      const controller = assembleController({
        ...{ now, store, meter: clients.meter, writes: writePorts(clients) },
        collect: createCollect({ reads: createReads(clients), place: { ...place, partition: 'aws' }, now }),
        policy: createPolicyLoader({ source, store, rules }),
        sleep: (milliseconds) => clock.advance(milliseconds),
      });
      const { report } = await controller.reconcile([everything], { dryRun: false });
      return report;
    },
    remembered: async () => (await store.list(findingPartition(place))).map(toRecord).map(({ value }) => value),
  };
}

/** What a report says of the account, not of how it came about. */
const said = ({ scanned, findings, actions, gaps, policyVersion }: Report) => ({
  ...{ scanned, findings, gaps, policyVersion },
  actions: actions.map(({ action, status, code }) => [action.kind, action.resource, status, code]),
});

type CallSeen = Parameters<Interceptor>;

/** What is asked for by name comes all at once. */
const namesThings = (...[, input]: CallSeen): boolean =>
  Object.entries(input).some(([name, value]) => /(Arns|Ids|Names)$/.test(name) && Array.isArray(value));

/** `service:Operation` of a call whose answer may come in pages, as the SDK has it. */
function pagedRead(...call: CallSeen): string | undefined {
  const [{ operation }, input] = call;
  if (namesThings(...call)) return undefined;
  // ECS and Cloud Map share a name; members begin with a small letter in ECS alone
  const isEcs = Object.keys(input).some((name) => /^[a-z]/.test(name));
  const named = services.filter(
    ({ schemas, operations }) => `paginate${operation}` in schemas && operation in operations,
  );
  const service = named.find(({ iamPrefix }) => (iamPrefix === 'ecs') === isEcs) ?? named[0];
  return service && `${service.iamPrefix}:${operation}`;
}

const asksForMore = (...[, { NextToken, nextToken, Marker }]: CallSeen): boolean =>
  (NextToken ?? nextToken ?? Marker) !== undefined;

/** Reads that are paged; true once a page after the first was asked for. */
function watchPages({ account }: ManyPagedAccount) {
  const paged = new Map<string, boolean>();
  account.interceptors.push((...call) => {
    const name = pagedRead(...call);
    if (name !== undefined) paged.set(name, paged.get(name) === true || asksForMore(...call));
  });
  return paged;
}

/** Sweeps after which every list has been cut, by any chance. */
const ROUNDS = 30;
/** Most of them, on a busy machine. */
const MANY_SWEEPS_MS = 300_000;

it(
  'short pages, empty pages and lists of many pages change nothing',
  async () => {
    const many = await aManyPagedAccount();
    const paged = watchPages(many);
    const fair = said(await aSweeper(many).sweep());
    expect(fair.gaps).toEqual([]);
    expect(new Set(fair.findings.map(({ rule }) => rule)).size).toBeGreaterThan(2);
    many.account.weather.pages({ short: true, empty: true });
    for (let round = 0; round === 0 || (round < ROUNDS && ![...paged.values()].every(Boolean)); round++) {
      expect(said(await aSweeper(many).sweep())).toEqual(fair);
    }
    expect([...paged].filter(([, isCut]) => !isCut)).toEqual([]);
  },
  MANY_SWEEPS_MS,
);

/** In each sweep the tokens of one more read run out before they are used: of the first that asks for another page. */
function outdate({ account, clock }: ManyPagedAccount, reads: Iterable<string>) {
  const left = new Set(reads);
  const struck = new Set<string>();
  account.weather.pages({ short: true, empty: true, lifetimeSeconds: 1 });
  account.interceptors.push(async (...call) => {
    const read = pagedRead(...call);
    if (read === undefined || !asksForMore(...call)) return;
    if (struck.size === 0 && left.delete(read)) struck.add(read);
    if (struck.has(read)) await clock.advance(2_000);
  });
  return {
    left,
    within: async (sweep: () => Promise<Report>) => {
      struck.clear();
      const { gaps } = await sweep();
      return { struck: [...struck], gaps: gaps.map(({ call }) => call) };
    },
  };
}

it(
  'a token that runs out in the middle of any list leaves a gap, and ends no finding',
  async () => {
    const many = await aManyPagedAccount();
    const paged = watchPages(many);
    const { sweep, remembered } = aSweeper(many);
    await sweep();
    expect((await remembered()).length).toBeGreaterThan(0);
    const { left, within } = outdate(many, paged.keys());
    for (let round = 0; round < ROUNDS && left.size > 0; round++) {
      const { struck, gaps } = await within(sweep);
      expect(gaps).toEqual(expect.arrayContaining(struck));
    }
    expect([...left]).toEqual([]);
    const isOver = (await remembered()).filter(({ transition }) => transition.state === 'resolved');
    expect(isOver).toEqual([]);
  },
  MANY_SWEEPS_MS,
);
