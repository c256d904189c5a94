/**
 * The demo's account from the moment that someone switches enforcement on: violations are tagged and told, then changed
 * where their owner asks for it, an orphaned target and an orphaned Cloud Map instance are removed once they have been
 * seen for long enough, and all that is told too. On the way one function may be killed.
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
import { ASKED_FOR, NOT_YET, readChanged, startShell } from './wrongs';

export interface Ending {
  readonly state: EndState;
  /** What is remembered of each finding. */
  readonly findings: readonly string[];
  /** Hosts and the service that were changed, as they are now. */
  readonly changed: readonly string[];
  /** Removals and changes that the ledger knows of, and whether it knows what became of each. */
  readonly ledger: readonly string[];
  /** Removals and changes that took effect, each as often as it did. */
  readonly writes: readonly string[];
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
/** For the same reason: events, or the first sweep of those whom none reaches, have told people of it by then. */
const ASKED_SECONDS = 40 * 60;
const POLICY = `${STORY_POLICY.replace('mode: observe', 'mode: enforce')}guard: { deregister: { orphanMinutes: ${String(ORPHAN_MINUTES)} } }\n`;

/** Writes that are more than a tag. */
const WRITES = ['DeregisterTargets', 'DeregisterInstance', 'ModifyNetworkInterfaceAttribute', 'UpdateService'];

export async function tellStory(plot: Plot, kill?: Kill): Promise<Ending> {
  const world = await createDemoWorld({ templateFile: ownTemplate(), log: () => undefined });
  try {
    return await live(world, plot, kill);
  } finally {
    await world.stop();
  }
}

async function live(world: DemoWorld, { isDeaf, sweepMinutes }: Plot, kill: Kill | undefined): Promise<Ending> {
  const { account, parts, stack } = world;
  const { weather } = account;
  // nobody is told of the service before enforcement begins
  const silence = weather.events({ source: 'aws.*', fault: 'loss' });
  const deployment = await startShell(parts);
  silence.clear();
  const calls = watchCalls(account);
  if (isDeaf) weather.events({ source: 'aws.*', fault: 'loss' });
  const spell = kill && weather.calls({ ...ruleOf(kill), fault: 'kill' });
  const SweepMinutes = String(sweepMinutes);
  await stack.update({ parameters: { ...world.parameters, Permissions: 'enforce', SweepMinutes } });
  await enforce(world);
  for (let passed = 0; passed < STORY_SECONDS; passed += STRIDE_SECONDS) {
    if (passed === ASKED_SECONDS) await put(world, '/ecs-ipv6/policy', POLICY + ASKED_FOR);
    await account.world.clock.advance((STRIDE_SECONDS - REST_SECONDS) * 1_000);
    await world.letPass(REST_SECONDS);
  }
  return {
    state: await readEndState(world, calls),
    findings: await readFindings(world),
    changed: await readChanged(parts, deployment),
    ledger: await readLedger(world),
    writes: calls.flatMap((call) => (tookEffect(call, kill) ? [withoutIds(`${call.what} ${call.input}`)] : [])).sort(),
    told: (await world.alerts()).flatMap(changesIn),
    calls: [...calls],
    struck: spell?.struck() ?? 0,
  };
}

function ruleOf({ victim, action, nth, when }: Kill) {
  return { match: action, caller: callerPattern(victim), nth, when };
}

async function enforce(world: DemoWorld): Promise<void> {
  await put(world, '/ecs-ipv6/enforcement', 'on');
  await put(world, '/ecs-ipv6/policy', POLICY + NOT_YET);
}

async function put({ parts }: DemoWorld, Name: string, Value: string): Promise<void> {
  await parts.clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
}

function tookEffect(call: CallMade, kill: Kill | undefined): boolean {
  if (!WRITES.includes(call.what)) return false;
  return !(kill?.when === 'before' && isStruck(call, kill));
}
