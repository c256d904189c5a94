/**
 * The demo's account from the moment that someone switches enforcement on: violations are tagged and told, an orphaned
 * target and an orphaned Cloud Map instance are removed once they have been seen for long enough, and that is told too.
 * On the way one function may be killed.
 */
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { STORY_POLICY } from '../../../infra/local/seed/story/story';
import { createDemoWorld, type DemoWorld } from '../../../lib/cli/demo/world';
import { ownTemplate } from '../../../lib/cli/own-template';
import { watchCalls, type CallMade } from './calls-made';
import { readEndState, readFindings, readLedger, type EndState } from './end-state';
import { isStruck, type Kill } from './kill';
import type { Plot } from './plots';
import { changesIn } from './told';
import { callerPattern } from './victims';
import { withoutIds } from './without-ids';

export interface Ending {
  readonly state: EndState;
  /** What is remembered of each finding. */
  readonly findings: readonly string[];
  /** Removals that the ledger knows of, and whether it knows what became of each. */
  readonly ledger: readonly string[];
  /** Removals that took effect, each as often as it did. */
  readonly removals: readonly string[];
  /** Changes that alerts told, each as often as it was. */
  readonly told: readonly string[];
  /** Calls of the functions. */
  readonly calls: readonly CallMade[];
  /** Processes that were killed. */
  readonly struck: number;
}

/** Whatever comes of it and is tried again, a sweep after that, and the digest of its news. */
const STORY_SECONDS = 80 * 60;

/** Time passes in strides; the last part of each lets the functions finish what it began. */
const STRIDE_SECONDS = 60;
const REST_SECONDS = 5;

/**
 * Longer than a message of a function that died stays out of sight: with less, an orphan may be gone before anyone is
 * told of it, and what is over by then is told to nobody.
 */
const ORPHAN_MINUTES = 25;
const POLICY = `${STORY_POLICY.replace('mode: observe', 'mode: enforce')}guard: { deregister: { orphanMinutes: ${String(ORPHAN_MINUTES)} } }\n`;

const REMOVALS = ['*:DeregisterTargets', '*:DeregisterInstance'];

export async function tellStory(plot: Plot, kill?: Kill): Promise<Ending> {
  const world = await createDemoWorld({ templateFile: ownTemplate(), log: () => undefined });
  try {
    return await live(world, plot, kill);
  } finally {
    await world.stop();
  }
}

async function live(world: DemoWorld, { isDeaf, sweepMinutes }: Plot, kill: Kill | undefined): Promise<Ending> {
  const { account, stack } = world;
  const { weather } = account;
  const calls = watchCalls(account);
  if (isDeaf) weather.events({ source: 'aws.*', fault: 'loss' });
  const spell = kill && weather.calls({ ...ruleOf(kill), fault: 'kill' });
  const SweepMinutes = String(sweepMinutes);
  await stack.update({ parameters: { ...world.parameters, Permissions: 'enforce', SweepMinutes } });
  await enforce(world);
  for (let passed = 0; passed < STORY_SECONDS; passed += STRIDE_SECONDS) {
    await account.world.clock.advance((STRIDE_SECONDS - REST_SECONDS) * 1_000);
    await world.letPass(REST_SECONDS);
  }
  return {
    state: await readEndState(world, calls),
    findings: await readFindings(world),
    ledger: await readLedger(world),
    removals: calls
      .flatMap((call) => (tookEffect(call, kill) ? [withoutIds(`${call.what} ${call.input}`)] : []))
      .sort(),
    told: (await world.alerts()).flatMap(changesIn),
    calls: [...calls],
    struck: spell?.struck() ?? 0,
  };
}

function ruleOf({ victim, action, nth, when }: Kill) {
  return { match: action, caller: callerPattern(victim), nth, when };
}

async function enforce({ parts }: DemoWorld): Promise<void> {
  const put = (Name: string, Value: string) =>
    parts.clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  await put('/ecs-ipv6/enforcement', 'on');
  await put('/ecs-ipv6/policy', POLICY);
}

function tookEffect(call: CallMade, kill: Kill | undefined): boolean {
  if (!REMOVALS.includes(call.action)) return false;
  return !(kill?.when === 'before' && isStruck(call, kill));
}
