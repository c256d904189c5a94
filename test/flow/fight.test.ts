/** Who undoes what the controller does is not fought for ever: the breaker opens, people are told, and calls stop. */
import { StopTaskCommand, UntagResourceCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import type { LoadedPolicy } from '../../lib/policy/policy';
import { listBreakers } from '../../lib/state/breaker';
import { createLedger } from '../../lib/state/ledger';
import { aBalancedGroup, aRegistry, elbOf, instancesIn, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import {
  aDefinition,
  aService,
  aSite,
  describeService,
  describeTasks,
  type Site,
} from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { place } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { anOrphanedSite } from '../support/an-orphaned-site';
import { aFight } from './a-fight';

const HOUR = 60 * MINUTE;
const networkConfiguration = ({ dualA, dualB }: Site) => ({
  awsvpcConfiguration: { subnets: [dualA.id, dualB.id] },
});

/** Four dual-stack tasks behind an IPv4 target group: for an IPv6-only service all of its targets are wrong. */
async function anIpv4Site() {
  const site = await aSite();
  const targetGroupArn = await aBalancedGroup(site, { IpAddressType: 'ipv4' });
  await aDefinition(site);
  await aService(site, {
    ...{ desiredCount: 4, networkConfiguration: networkConfiguration(site) },
    loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
  });
  await site.clock.advance(SETTLE_MS);
  const healthy = async () =>
    (await targetsIn(site, targetGroupArn)).filter(({ state }) => state === 'healthy').map(({ id }) => id);
  return { site, targetGroupArn, healthy };
}

const stopsIn = (done: readonly string[]): readonly string[] => [...new Set(done.flatMap((one) => one.split(', ')))];

describe('against ECS, which registers again what its tasks own', () => {
  it('never begins unless the policy lets it', async () => {
    const { site, healthy } = await anIpv4Site();
    const fight = await aFight(site);
    expect(stopsIn(await fight.sweep(4))).toEqual(['']);
    expect(fight.calls.filter((call) => call !== 'TagResource')).toEqual([]);
    expect(await healthy()).toHaveLength(4);
  });

  it('takes each target out three times, then leaves the group alone for a day, and says so once', async () => {
    const { site, targetGroupArn, healthy } = await anIpv4Site();
    const registered = [...(await healthy())].sort();
    const fight = await aFight(site, { deregister: { ecsManaged: 'allow' } });
    const removals = () => fight.calls.filter((call) => call === 'DeregisterTargets').length;
    expect(stopsIn(await fight.sweep(7))).toContain('applied');
    expect(removals()).toBe(3 * registered.length);
    // draining and coming back in between
    await fight.sweep(2);
    expect([...(await healthy())].sort()).toEqual(registered);

    // up to 24 hours after the third time
    expect(stopsIn(await fight.sweep(40))).toEqual(['withheld breaker-open']);
    expect(removals()).toBe(3 * registered.length);
    expect([...(await healthy())].sort()).toEqual(registered);
    const [breaker, ...others] = (await listBreakers(fight.store, place)).values();
    expect(others).toEqual([]);
    expect(breaker).toMatchObject({ resource: targetGroupArn, kind: 'target-group', counter: 'deregister' });

    const entries = await createLedger({ store: fight.store, place, now: () => site.clock.now() }).list();
    expect(entries).toHaveLength(removals());
    const ownedBy = expect.stringContaining(':task/prod/');
    for (const { action, outcome } of entries)
      expect([action, outcome]).toMatchObject([{ kind: 'deregister-target', ownedBy }, { status: 'applied' }]);
  });

  it('tells each channel once, with what a person has to do', async () => {
    const { site } = await anIpv4Site();
    const fight = await aFight(site, { deregister: { ecsManaged: 'allow' } });
    await fight.sweep(20);
    const said =
      /deregister-target at targetgroup\/web\/\w+ is stopped: ECS registered anew what was removed there 3 times within 24 hours.*: the service has to change, or guard\.deregister\.ecsManaged to read never; left alone until 2026-11-23T/;
    const [text, chat, ...others] = await fight.stoppedMessages();
    expect(others).toEqual([]);
    expect(text).toMatchObject({
      body: expect.stringMatching(said),
      attributes: {
        ...{ state: 'stopped', severity: 'high', scope: 'all' },
        ...{ rule: '["breaker-opened-deregister","target-family-mismatch"]', cluster: '["prod"]' },
      },
    });
    expect(chat?.body).toMatch(said);
    const posts = fight.slack.taken.filter((post) => post.includes('breaker-opened'));
    expect(posts).toEqual([expect.stringMatching(said)]);
    expect(posts[0]).toContain('stopped');
  });

  it('begins anew after the day, and is stopped and told again', async () => {
    const { site } = await anIpv4Site();
    const fight = await aFight(site, { deregister: { ecsManaged: 'allow' } });
    await fight.sweep(10);
    const until = [...(await listBreakers(fight.store, place)).values()][0]?.until ?? '';
    await site.clock.advance(new Date(until).getTime() - site.clock.now().getTime() - 45 * MINUTE);
    fight.calls.length = 0;
    expect(stopsIn(await fight.sweep(1))).toEqual(['withheld breaker-open']);
    expect(fight.calls).toEqual([]);
    expect(stopsIn(await fight.sweep(10))).toContain('applied');
    expect(stopsIn(await fight.sweep(2))).toEqual(['withheld breaker-open']);
    expect(fight.calls.filter((call) => call === 'DeregisterTargets')).toHaveLength(12);
    expect(await fight.stoppedMessages()).toHaveLength(4);
  });

  it('counts by the group: new tasks with new addresses are the same fight', async () => {
    const { site, healthy } = await anIpv4Site();
    const fight = await aFight(site, {
      deregister: { ecsManaged: 'allow', minHealthyPercent: 0, minHealthyPerZone: 0 },
    });
    for (let round = 0; round < 4; round++) {
      await fight.sweep(2);
      // as ECS does with tasks that a load balancer finds unhealthy
      for (const { taskArn: task } of await describeTasks(site))
        await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task }));
      await site.clock.advance(10 * MINUTE);
    }
    const before = fight.calls.length;
    expect(stopsIn(await fight.sweep(4))).toEqual(['withheld first-sighting', 'withheld breaker-open']);
    expect(fight.calls.slice(before)).toEqual([]);
    expect(await healthy()).toHaveLength(4);
  });

  it('holds for Cloud Map as well', async () => {
    const site = await aSite();
    const registryArn = await aRegistry(site, ['A', 'AAAA']);
    await aDefinition(site);
    const serviceRegistries = [{ registryArn }];
    await aService(site, { desiredCount: 2, networkConfiguration: networkConfiguration(site), serviceRegistries });
    await site.clock.advance(SETTLE_MS);
    const before = await instancesIn(site, registryArn);
    const fight = await aFight(site, { deregister: { ecsManaged: 'allow' } });
    await fight.sweep(8);
    fight.calls.length = 0;
    expect(stopsIn(await fight.sweep(4))).toEqual(['withheld breaker-open']);
    expect(fight.calls).toEqual([]);
    const ids = (all: typeof before) => all.map(({ id }) => id).sort();
    expect(ids(await instancesIn(site, registryArn))).toEqual(ids(before));
    const counters = [...(await listBreakers(fight.store, place)).values()].map(({ resource }) => resource);
    expect(counters).toEqual([registryArn]);
  });
});

describe('against people and their scripts', () => {
  it('an orphan that is registered again each time is left alone, others are not', async () => {
    const site = await anOrphanedSite();
    const { orphan, targetGroupArn, clock, targets } = site;
    const fight = await aFight(site);
    const register = (Id: string) =>
      elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id, Port: 80 }] }));
    for (let round = 0; round < 3; round++) {
      expect((await fight.sweep(2))[1]).toContain('applied');
      await clock.advance(6 * MINUTE);
      await register(orphan.targetId);
      await clock.advance(5 * MINUTE);
    }
    expect(stopsIn(await fight.sweep(3))).toEqual(['withheld first-sighting', 'withheld breaker-open']);
    expect(await targets()).toContainEqual(expect.stringContaining(`${orphan.targetId}:80 `));

    const other = orphan.targetId.replace(/dead$/, 'beef');
    await register(other);
    await fight.sweep(2);
    expect(await targets()).not.toContainEqual(expect.stringMatching(/beef:80 (unhealthy|initial)$/));
    expect((await listBreakers(fight.store, place)).size).toBe(1);
  });

  it('tags that somebody takes away each time are given up', async () => {
    const site = await anOrphanedSite();
    const { serviceArn: resourceArn = '' } = await describeService(site);
    await site.ecs.send(
      new UpdateServiceCommand({ cluster: 'prod', service: 'web', networkConfiguration: networkConfiguration(site) }),
    );
    await site.clock.advance(3 * MINUTE);
    const fight = await aFight(site, { mode: 'tag' });
    const tagged = async () =>
      (await describeService(site)).tags?.some(({ key }) => key === 'ecs-ipv6:status') ?? false;
    const tagKeys = ['ecs-ipv6:status', 'ecs-ipv6:rules', 'ecs-ipv6:since'];
    for (let round = 0; round < 3; round++) {
      await fight.sweep(1);
      expect(await tagged()).toBe(true);
      await site.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys }));
    }
    expect(await fight.sweep(3, /tag/)).toEqual(Array(3).fill('withheld breaker-open'));
    expect(await tagged()).toBe(false);
    expect(await fight.stoppedMessages()).toMatchObject([
      { body: expect.stringMatching(/tag at service\/prod\/web is stopped: the same tags were written 3 times/) },
      {},
    ]);
  });

  it('ECS Exec that a pipeline switches on each time is given up', async () => {
    const site = await aSite();
    await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
    await aService(site, { enableExecuteCommand: true });
    await site.clock.advance(SETTLE_MS);
    const rules: LoadedPolicy['policy']['rules'] = {
      'service-exec-enabled': { off: false, remedy: 'auto', options: {} },
    };
    const fight = await aFight(site, { rules });
    const isOn = async () => (await describeService(site)).enableExecuteCommand;
    const change = { cluster: 'prod', service: 'web', enableExecuteCommand: true };
    for (let round = 0; round < 3; round++) {
      expect(await fight.sweep(1)).toEqual(['applied']);
      expect(await isOn()).toBe(false);
      await site.ecs.send(new UpdateServiceCommand(change));
    }
    expect(await fight.sweep(3)).toEqual(Array(3).fill('withheld breaker-open'));
    expect(await isOn()).toBe(true);
    await site.clock.advance(24 * HOUR);
    expect(await fight.sweep(1)).toEqual(['applied']);
  });
});
