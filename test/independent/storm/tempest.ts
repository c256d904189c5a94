/** The demo's account with target groups full of orphans, enforcement switched on, and gusts of events until all is done. */
import { isDeepStrictEqual } from 'node:util';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListInstancesCommand } from '@aws-sdk/client-servicediscovery';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { createDemoWorld, type DemoWorld } from '../../../lib/cli/demo/world';
import { ownTemplate } from '../../../lib/cli/own-template';
import { forget } from './forget';
import { pastQueues, throughQueues } from './gusts';
import { judgeRemovals, type Allowance } from './judge';
import { DEAD_PORTS, IN_LEGACY, IN_WEB, leaveOrphans, LIVE_PORTS, STRAYS, UNUSED_IPV4, type Left } from './orphans';
import { recordRemovals, type Recording } from './removals';

/** Of which the policy is made, and by which it is judged. */
const ALLOWANCE: Allowance = { perHour: 12, minHealthyPercent: 50, minHealthyPerZone: 1 };
const ORPHAN_MINUTES = 15;

/** Between gusts: around the ends of an hour as well as in its middle. */
const PAUSE_MINUTES = [16, 30, 28, 2, 1] as const;
/** Twice as many as it takes. */
const MAX_GUSTS = 40;
/** Time passes in strides that are shorter than a lease; the last part of each lets the functions finish what it began. */
const STRIDE_SECONDS = 55;
const REST_SECONDS = 5;

export interface Weakness {
  readonly name: string;
  /** What the controller is made to forget after each gust: the beginning of a partition of its table. */
  readonly forgets?: string;
  /** What its policy says, other than what it is judged by. */
  readonly isTold?: Partial<Allowance>;
  /** What the judge has to say. */
  readonly verdict: RegExp;
}

export interface Tale {
  readonly gusts: number;
  readonly removals: number;
  /** Of the account's time, from the first gust to the last. */
  readonly minutes: number;
  /** What must not be. */
  readonly wrong: readonly string[];
}

interface Storm {
  readonly world: DemoWorld;
  readonly left: Left;
  readonly record: Recording;
}

/** The seed leaves one orphan of its own in `web` and one in its Cloud Map service. */
const AT_FIRST = {
  ...{ web: IN_WEB + 1, 'IPv4 addresses': IN_LEGACY, 'dead ports': 2 * DEAD_PORTS, 'live ports': LIVE_PORTS },
  ...{ 'the last of its zone': 1, 'dark group': IN_WEB, strays: STRAYS + 1 },
};
/** Where no target is healthy, and where the last one is, nothing may go. */
const IN_THE_END = { ...AT_FIRST, web: 0, 'IPv4 addresses': 0, 'dead ports': 0, 'live ports': 0, strays: 0 };

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** @param weaknesses of the controller, all at once: none of them makes another's verdict */
export async function tell(weaknesses: readonly Weakness[] = []): Promise<Tale> {
  const world = await createDemoWorld({ templateFile: ownTemplate(), log: () => undefined });
  try {
    return await live(await brew(world, weaknesses), weaknesses);
  } finally {
    await world.stop();
  }
}

/** Whoever is to have addresses of both families is judged where he has IPv4 ones alone. */
const SCOPES = [
  { name: 'legacy', match: { services: ['legacy'] }, posture: 'dual-stack' },
  { name: 'all', posture: 'any' },
];

async function brew(world: DemoWorld, weaknesses: readonly Weakness[]): Promise<Storm> {
  const { account, parts, stack, parameters } = world;
  // as fast as it goes: nobody waits for anybody but for leases and budgets
  account.throttle('off');
  await stack.update({ parameters: { ...parameters, Permissions: 'enforce' } });
  const left = await leaveOrphans(parts);
  const record = recordRemovals(account);
  const put = (Name: string, Value: string) =>
    parts.clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  const told = weaknesses.reduce<Allowance>((so, { isTold }) => ({ ...so, ...isTold }), ALLOWANCE);
  const deregister = { ...told, orphanMinutes: ORPHAN_MINUTES, healthyOrphans: 'allow' };
  await put('/ecs-ipv6/enforcement', 'on');
  await put('/ecs-ipv6/policy', JSON.stringify({ version: 1, mode: 'enforce', scopes: SCOPES, guard: { deregister } }));
  return { world, left, record };
}

export const notices = (wrong: readonly string[], { verdict }: Weakness): string | undefined =>
  wrong.find((fault) => verdict.test(fault));

/** Gusts until nothing is left to do; a controller with weaknesses is watched until the judge has noticed each. */
async function live(storm: Storm, weaknesses: readonly Weakness[]): Promise<Tale> {
  const { world, record } = storm;
  const { clock } = world.account.world;
  const begun = clock.now().getTime();
  const wrong = (): readonly string[] => judgeRemovals(record.removals, ALLOWANCE);
  const isWeak = weaknesses.length > 0;
  const isSeenThrough = () => isWeak && weaknesses.every((weakness) => notices(wrong(), weakness) !== undefined);
  let gusts = 0;
  for (let left = await orphansLeft(storm); gusts < MAX_GUSTS; left = await orphansLeft(storm)) {
    if (isDeepStrictEqual(left, IN_THE_END) || isSeenThrough()) break;
    await (gusts % 2 === 0 ? throughQueues(world) : pastQueues(world));
    for (const { forgets } of weaknesses) if (forgets !== undefined) await forget(world, forgets);
    await calm(world, PAUSE_MINUTES[gusts % PAUSE_MINUTES.length] ?? 0);
    gusts++;
  }
  const minutes = Math.round((clock.now().getTime() - begun) / 60_000);
  const excess = isWeak ? [] : await faultsInTheEnd(storm);
  return { gusts, minutes, removals: record.removals.length, wrong: [...wrong(), ...excess] };
}

async function calm(world: DemoWorld, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed++) {
    await world.account.world.clock.advance(STRIDE_SECONDS * 1_000);
    await world.letPass(REST_SECONDS);
  }
}

/** All that is allowed is done and nothing else, once each; and whoever looks again writes nothing. */
async function faultsInTheEnd(storm: Storm): Promise<readonly string[]> {
  const { world, record } = storm;
  const count = record.removals.length;
  const allowed = total(AT_FIRST) - total(IN_THE_END);
  // sweeps take the tags of what is over away
  await calm(world, 60);
  const writes = record.writes.length;
  await pastQueues(world);
  await throughQueues(world);
  const left = await orphansLeft(storm);
  const more = record.writes.slice(writes);
  return [
    ...(isDeepStrictEqual(left, IN_THE_END) ? [] : [`what is left is ${JSON.stringify(left)}`]),
    ...(count === allowed ? [] : [`${String(count)} removals, where ${String(allowed)} orphans may go`]),
    ...(more.length === 0 ? [] : [`when all was done there was still written: ${more.join(', ')}`]),
  ];
}

/** Orphans that are still registered, by what holds them. */
async function orphansLeft({ world: { parts }, left }: Storm): Promise<Readonly<Record<string, number>>> {
  const { elbv2, serviceDiscovery } = parts.clients;
  const { webGroupArn, edgeGroupArn, legacyGroupArn, webRegistryId } = parts.balancing;
  const targets = async (TargetGroupArn: string, isOrphan: RegExp): Promise<number> => {
    const { TargetHealthDescriptions = [] } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    const there = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
    return there.filter(({ Target }) => isOrphan.test(`${String(Target?.Id)} ${String(Target?.Port)}`)).length;
  };
  const { Instances = [] } = await serviceDiscovery.send(new ListInstancesCommand({ ServiceId: webRegistryId }));
  return {
    web: await targets(webGroupArn, /::dead/),
    'IPv4 addresses': await targets(legacyGroupArn, UNUSED_IPV4),
    'dead ports': await targets(edgeGroupArn, / 500\d\d$/),
    'live ports': await targets(edgeGroupArn, new RegExp(`^${left.taskHostId} 400`)),
    'the last of its zone': await targets(edgeGroupArn, new RegExp(`^${left.loneHostId} 400`)),
    'dark group': await targets(left.darkGroupArn, /./),
    strays: Instances.filter(({ Id = '' }) => Id.startsWith('0dead')).length,
  };
}
