/** The main job on one machine: the real template, the built functions, and an account that behaves like AWS. */
import path from 'node:path';
import * as v from 'valibot';
import { subscribe, type BusEvent } from '../../../infra/local/kernel/events';
import type { CallRecord } from '../../../infra/local/protocol/call-log';
import { growGroup, hostOfGroup, loseNotifications } from '../../../infra/local/seed/story/group';
import {
  askAbout,
  enforce,
  launchWithoutPrimaryIpv6,
  readStoryState,
  scaleLegacy,
  startAgent,
} from '../../../infra/local/seed/story/people';
import { isDenied, isEvent, isPublish, isRequeue, isSweep, isWorkloadWrite, nameOf, tally } from './ledger';
import { enforceSteps, observeSteps, steadySteps, type Live, type PassSeen, type SeenChange, type Step } from './steps';
import { createDemoWorld, type DemoOptions, type DemoWorld } from './world';

/** An agent needs a while; longer than the batching window of the queue, shorter than the delay of the second look. */
const BOOT_SECONDS = 15;
/** The template's batching windows, the digest's the longest. */
const EVENT_SECONDS = 60;
const DIGEST_SECONDS = 330;
/** A little more than the template's interval between sweeps. */
const SWEEP_SECONDS = 35 * 60;

export interface DemoResult {
  readonly schema: 'ecs-ipv6/demo/v1';
  readonly ok: boolean;
  readonly steps: readonly Step[];
  /** Calls that IAM refused the controller. */
  readonly denied: readonly string[];
  readonly passes: Readonly<Record<string, Omit<PassSeen, 'state'>>>;
}

export interface DemoRun extends Pick<DemoOptions, 'authorize'> {
  readonly templateFile: string;
  /** Told live; nothing if the result is printed as JSON. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const changeSchema = v.object({
  detail: v.object({
    state: v.string(),
    finding: v.object({ rule: v.string(), resource: v.string(), message: v.string(), severity: v.string() }),
  }),
});
const slackSchema = v.object({ text: v.string() });
const alertSchema = v.object({ Subject: v.optional(v.string(), ''), Message: v.string() });

/** Events of AWS that the demo shows as they happen. */
const SHOWN = new Set([
  'EC2 Instance Launch Successful',
  'EC2 Instance State-change Notification',
  'ECS Container Instance State Change',
  'ECS Task State Change',
  'Parameter Store Change',
]);

function eventLine({ 'detail-type': type, detail, resources }: BusEvent): string | undefined {
  if (!SHOWN.has(type)) return undefined;
  const telling = ['state', 'lastStatus', 'operation', 'status', 'EC2InstanceId'];
  const state = telling.map((name) => detail[name]).find((value) => value !== undefined);
  return `  event    ${type}: ${String(resources[0]).split(':').at(-1) ?? ''} ${typeof state === 'string' ? state : ''}`;
}

export async function runDemo({ say, signal, ...options }: DemoRun): Promise<DemoResult> {
  const template = path.relative(process.cwd(), options.templateFile);
  say(`Starting a local AWS account and deploying ${template} in it, with observe permissions ...`);
  const lines: string[] = [];
  const world = await createDemoWorld({ ...options, log: (name, line) => lines.push(`${name}: ${line}`) });
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => {
      reject(new Error('interrupted'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    narrate(world, say);
    const result = await Promise.race([stopped, tell(world, say)]);
    if (!result.ok) for (const line of lines.filter(isTrouble).slice(-20)) say(`  log      ${line.slice(0, 400)}`);
    return result;
  } finally {
    await world.stop();
  }
}

/** Says what AWS and the controller do, as they do it. */
function narrate({ account }: DemoWorld, say: (line: string) => void): void {
  subscribe(account.scope, (event) => {
    const line = eventLine(event);
    if (line !== undefined) say(line);
  });
  account.calls.subscribe((call) => {
    if (isWorkloadWrite(call)) say(`  action   ${nameOf(call)}`);
  });
}

async function tell(world: DemoWorld, say: (line: string) => void): Promise<DemoResult> {
  const { account, parts, stack } = world;
  const recorder = createRecorder(world, say);

  say('\nPass 1, observe: a host is launched, a service scaled, a sweep runs');
  const live = await liveEvents(world, recorder);
  await world.letPass(SWEEP_SECONDS + DIGEST_SECONDS);
  const observed = await recorder.take(live.byEvents);

  say('\nPass 2, enforce: the stack gets enforce permissions, the policy mode enforce');
  await stack.update({ parameters: { ...world.parameters, Permissions: 'enforce' } });
  await enforce(parts);
  await world.letPass(EVENT_SECONDS);
  const writtenByEvent = tally(recorder.peek().filter(isWorkloadWrite));
  await world.letPass(SWEEP_SECONDS + DIGEST_SECONDS);
  const enforced = await recorder.take([]);

  say('\nPass 3, steady: another sweep over the same world, and a person who asks about a cluster');
  await world.letPass(SWEEP_SECONDS + DIGEST_SECONDS);
  const swept = recorder.peek().some(isSweep);
  const answer = await askAbout(parts, stack.outputs()['InvokeFunctionName'] ?? '', 'edge');
  const steady = await recorder.take([]);

  const denied = [...new Set(account.calls.list().filter(isDenied).map(nameOf))];
  const steps = [
    ...observeSteps(observed, live),
    ...enforceSteps(enforced, { ...live, writtenByEvent }),
    ...steadySteps(steady, { ...live, swept, answer, denied }),
  ];
  const passes = { observe: told(observed), enforce: told(enforced), steady: told(steady) };
  return { schema: 'ecs-ipv6/demo/v1', ok: steps.every((step) => step.ok), steps, denied, passes };
}

type Recorder = ReturnType<typeof createRecorder>;

/** What events alone lead to, before any sweep: each kind at a time when no other could have done it. */
async function liveEvents(world: DemoWorld, recorder: Recorder): Promise<Live> {
  const { parts } = world;
  const instanceId = await launchWithoutPrimaryIpv6(parts);
  await world.letPass(BOOT_SECONDS);
  const seenEarly = recorder.peek().some(isRequeue);
  startAgent(parts, instanceId);
  await world.letPass(BOOT_SECONDS);
  const byAgent = await recorder.readChanges();
  await scaleLegacy(parts);
  await world.letPass(EVENT_SECONDS);
  const byEvents = [...byAgent, ...(await recorder.readChanges())];
  return { instanceId, seenEarly, byAgent, byEvents, seenByGroup: await launchByGroup(world, recorder) };
}

/** The group launches a host while EC2's own notifications are lost. Answers whether the controller looked all the same. */
async function launchByGroup(world: DemoWorld, recorder: Recorder): Promise<boolean> {
  const { parts } = world;
  const requeues = (): number => recorder.peek().filter(isRequeue).length;
  const before = requeues();
  const endLoss = loseNotifications(parts);
  await growGroup(parts);
  await world.letPass(BOOT_SECONDS);
  endLoss();
  const seen = requeues() > before;
  startAgent(parts, await hostOfGroup(parts));
  await world.letPass(BOOT_SECONDS);
  return seen;
}

/** What a function printed besides its reports. */
const isTrouble = (line: string): boolean => !line.includes('"level":"INFO"');

const told = ({ changes, alerts, slack, writes, publishes, events }: PassSeen): Omit<PassSeen, 'state'> => ({
  ...{ changes, alerts, slack, writes, publishes, events },
});

function createRecorder(world: DemoWorld, say: (line: string) => void) {
  let mark = world.account.calls.list().length;
  let read = 0;
  const readChanges = async (): Promise<readonly SeenChange[]> => {
    const events = (await world.changes()).map((body) => v.parse(changeSchema, JSON.parse(body)).detail);
    for (const { state, finding } of events)
      say(`  finding  ${state.padEnd(8)} ${finding.severity.padEnd(8)} ${finding.rule}: ${finding.message}`);
    return events.map(({ state, finding }) => ({
      state,
      rule: finding.rule,
      resource: finding.resource,
      message: finding.message,
    }));
  };
  return {
    readChanges,
    /** Calls since the last time, which stay to be taken. */
    peek: (): readonly CallRecord[] => world.account.calls.list().slice(mark),
    /** Everything since the last time; `before`: changes of this pass that were read already. */
    async take(before: readonly SeenChange[]): Promise<PassSeen> {
      const changes = [...before, ...(await readChanges())];
      const messages = (await world.alerts()).map((body) => v.parse(alertSchema, JSON.parse(body)));
      for (const { Subject } of messages) say(`  alert    ${Subject}`);
      const slack = world.slack.slice(read);
      read = world.slack.length;
      for (const body of slack) say(`  slack    ${v.parse(slackSchema, JSON.parse(body)).text.split('\n')[0] ?? ''}`);
      const calls: readonly CallRecord[] = world.account.calls.list().slice(mark);
      mark = world.account.calls.list().length;
      return {
        changes,
        alerts: messages.map(({ Subject, Message }) => `${Subject}\n${Message}`),
        slack,
        writes: tally(calls.filter(isWorkloadWrite)),
        publishes: calls.filter(isPublish).length,
        events: calls.filter(isEvent).length,
        state: await readStoryState(world.parts),
      };
    },
  };
}
