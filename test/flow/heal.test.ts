/** A container instance without a primary IPv6 address gets one, if the policy asks for it and nothing speaks against it. */
import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../lib/report/report';
import type { RuleSetting } from '../../lib/policy/policy';
import type { RunSettings } from '../../lib/stages';
import { aBalancedGroup, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { aBridgeDefinition, aHost, aService, aSite } from '../infra/local/services/ecs/a-site';
import { aRequest } from '../snapshot/a-collector';
import { SETTLE_MS } from '../snapshot/a-workload';
import { MINUTE } from '../support/adjustable-clock';
import { aPolicy } from '../support/policy-builders';
import {
  aHealingController,
  changes,
  describeInstance,
  inShort,
  primariesOf,
  type Healing,
} from './a-healing-controller';

const RULE = 'instance-without-primary-ipv6';
const auto: Readonly<Record<string, RuleSetting>> = { [RULE]: { off: false, remedy: 'auto', options: {} } };

/** A bridge service that cannot register its tasks, on so many hosts without the address. */
async function aBrokenSite(hosts = 1) {
  const site = await aSite();
  const targetGroupArn = await aBalancedGroup(site, { TargetType: 'instance' });
  const ids: string[] = [];
  for (let count = 0; count < hosts; count++) {
    const { ec2InstanceId } = await aHost(site, { subnet: site.ipv6A });
    ids.push(ec2InstanceId);
  }
  await aBridgeDefinition(site);
  const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
  await aService(site, { launchType: 'EC2', networkConfiguration: undefined, loadBalancers });
  await site.clock.advance(SETTLE_MS);
  return { ...site, ids, targetGroupArn };
}

async function healing(options: Healing & { readonly hosts?: number } = {}) {
  const site = await aBrokenSite(options.hosts);
  const controller = aHealingController(site, { ...options, policy: { rules: auto, ...options.policy } });
  const primaries = async (): Promise<number> =>
    (await Promise.all(site.ids.map((id) => primariesOf(site, id)))).flat().length;
  return { ...site, ...controller, primaries };
}

const found = ({ findings }: Report): readonly string[] =>
  findings.filter(({ rule, status }) => rule === RULE && status === 'open').map(({ remedy }) => remedy);

describe('where the policy asks for it', () => {
  it('the instance gets the address, the finding is over, its tasks register, and then nothing is written', async () => {
    const { pass, written, ids, clock, targetGroupArn, ...site } = await healing();
    const [id = ''] = ids;
    const [face] = (await describeInstance({ ...site, clock }, id)).NetworkInterfaces ?? [];
    const first = await pass();
    expect(found(first)).toEqual(['auto']);
    const [outcome] = changes(first.actions);
    expect(outcome).toMatchObject({
      action: {
        ...{ kind: 'enable-primary-ipv6', instanceId: id, networkInterfaceId: face?.NetworkInterfaceId },
        ...{ from: { primaryIpv6: false }, to: { primaryIpv6: true } },
      },
      status: 'applied',
    });
    expect(outcome?.reason).toContain(`${String(face?.Ipv6Addresses?.[0]?.Ipv6Address)} is primary when read back`);
    expect(outcome?.reason).toContain('whatever launched the instance has to ask for one');
    expect(await primariesOf({ ...site, clock }, id)).toEqual([face?.NetworkInterfaceId]);
    await clock.advance(10 * MINUTE);
    const second = await pass();
    expect(found(second)).toEqual([]);
    expect(await targetsIn({ ...site, clock }, targetGroupArn)).toMatchObject([{ id, state: 'healthy' }]);
    const third = await pass();
    expect(third.actions).toEqual([]);
    expect(written).toEqual([]);
  });

  it('an event about the instance alone is enough', async () => {
    const { pass, ids, primaries } = await healing();
    const [id = ''] = ids;
    const { actions } = await pass(undefined, aRequest('instance', id));
    expect(changes(actions).map(inShort)).toEqual([['enable-primary-ipv6', 'applied', '']]);
    expect(await primaries()).toBe(1);
  });

  it('what is over the budget of the run or of the hour is withheld, and done later', async () => {
    const { guard } = aPolicy();
    const policy = { guard: { ...guard, heal: { perRun: 2, perHour: 3 } } };
    const { pass, primaries, clock } = await healing({ hosts: 4, policy });
    const codes = async () =>
      changes((await pass()).actions)
        .map(({ status, code }) => code ?? status)
        .sort();
    expect(await codes()).toEqual(['applied', 'applied', 'over-budget', 'over-budget']);
    expect(await primaries()).toBe(2);
    expect(await codes()).toEqual(['applied', 'over-budget']);
    expect(await codes()).toEqual(['over-budget']);
    expect(await primaries()).toBe(3);
    await clock.advance(60 * MINUTE);
    expect(await codes()).toEqual(['applied']);
    expect(await primaries()).toBe(4);
    expect(await codes()).toEqual([]);
  });
});

const quiet: Readonly<Record<string, readonly [Healing, RunSettings | undefined, readonly (readonly string[])[]]>> = {
  'where the policy does not ask for it': [{ policy: { rules: {} } }, undefined, []],
  'in mode tag': [{ policy: { mode: 'tag' } }, undefined, []],
  'in mode observe': [{ policy: { mode: 'observe' } }, undefined, []],
  'below the ceiling of the run': [{}, { dryRun: false, modeCeiling: 'tag' }, []],
  'on a dry run': [{}, { dryRun: true }, [['enable-primary-ipv6', 'planned', 'dry-run']]],
  'with the kill switch off': [
    { enforcementOn: false },
    undefined,
    [['enable-primary-ipv6', 'withheld', 'kill-switch-off']],
  ],
  'where the kill switch goes off in the last moment': [
    { fresh: (loaded) => ({ ...loaded, enforcementOn: false }) },
    undefined,
    [['enable-primary-ipv6', 'withheld', 'kill-switch-off']],
  ],
  'where the policy changes in the last moment': [
    { fresh: (loaded) => ({ ...loaded, policyVersion: 'v2' }) },
    undefined,
    [['enable-primary-ipv6', 'withheld', 'policy-changed']],
  ],
  'where a service on the instance is exempt': [
    {
      policy: {
        exemptions: [
          { rule: '*', resource: 'arn:*:service/prod/web', reason: 'freeze', owner: 'a', until: '2027-01-01' },
        ],
      },
    },
    undefined,
    [['enable-primary-ipv6', 'withheld', 'exempt']],
  ],
};

describe('nothing is changed', () => {
  it.each(Object.entries(quiet))('%s', async (_, [options, settings, outcomes]) => {
    const { pass, written, primaries } = await healing(options);
    const { actions } = await pass(settings);
    expect(changes(actions).map(inShort)).toEqual(outcomes);
    expect(await primaries()).toBe(0);
    expect(written.filter((operation) => !/Tags|TagResource/.test(operation))).toEqual([]);
  });
});
