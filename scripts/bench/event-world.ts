/** An account with the stack in it, as a burst of events meets it: functions are cold, and nothing is known. */
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { authorizeRoles } from '../../infra/local/iam/authorize';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import type { CallRecord } from '../../infra/local/protocol/call-log';
import { runTemplate, type RunningStack } from '../../infra/local/runtime/run-template';
import { createFleet, FLEET_POLICY, type Fleet } from '../../infra/local/seed/fleet/fleet';
import type { FleetPlan } from '../../infra/local/seed/fleet/fleet-plan';
import type { TaskRecord } from '../../infra/local/services/ecs/records';
import { publishTask } from '../../infra/local/services/ecs/task-event';
import { stopTask } from '../../infra/local/services/ecs/task-lifecycle';
import { putParameter } from '../../infra/local/services/ssm/parameters';
import { services } from '../../infra/local/services';

const TEMPLATE = path.join(import.meta.dirname, '..', '..', 'infra', 'template.yaml');

/** Longer than the batching window of the queue, in simulated time. */
const WINDOW_SECONDS = 30;
/** Shorter than every window of the template. */
const STEP_SECONDS = 5;
/** Windows after which a burst that led to nothing is a fault. */
const PATIENCE = 20;
/** Turns of the event loop in which a timer's work reaches the function that it starts. */
const TURNS = 500;
/** Until targets have drained and replacements run, also where ECS has to wait for room in a full target group. */
const REPLACE_SECONDS = 1_800;

export interface EventWorld {
  readonly fleet: Fleet;
  /** Tasks of which something can be told: all of them, or those that stopped and those that took their place. */
  readonly changed: readonly TaskRecord[];
  /** Sends the events of these tasks as they are now, and gives the calls that functions made because of them. */
  burst(tasks: readonly TaskRecord[]): Promise<readonly CallRecord[]>;
  stop(): Promise<void>;
}

/** What a function logs at the end of a pass. */
const DONE = '"message":"reconciled"';

interface Deployed {
  readonly stack: RunningStack;
  /** Passes that ended so far. */
  readonly passes: () => number;
}

async function deploy(account: LocalAccount): Promise<Deployed> {
  let passes = 0;
  const log = (_: string, line: string): void => {
    if (line.includes(DONE)) passes++;
  };
  const parameters = { Permissions: 'observe' };
  const stack = await runTemplate({ account, templateFile: TEMPLATE, stackName: 'ecs-ipv6', parameters, log });
  return { stack, passes: () => passes };
}

const tasksOf = ({ services: made }: Fleet): readonly TaskRecord[] => made.flatMap(({ service }) => [...service.tasks]);

/** Stops every second task of the fleet and lets its services start others instead; gives both. */
async function replaceHalf({ scope, world }: LocalAccount, fleet: Fleet): Promise<readonly TaskRecord[]> {
  const before = tasksOf(fleet);
  const stopped = before.filter((_, index) => index % 2 === 0);
  for (const task of stopped) stopTask(scope, task, { code: 'UserInitiated', reason: 'bench' });
  await world.clock.advance(REPLACE_SECONDS * 1_000);
  const known = new Set(before);
  return [...stopped, ...tasksOf(fleet).filter((task) => !known.has(task))];
}

/** The fleet's own, but for this: bridge mode is meant where it is used, and advice against it would be found. */
const BRIDGE_IS_MEANT = `${FLEET_POLICY}rules: { network-mode-not-awsvpc: off }\n`;

export interface EventWorldOptions {
  readonly plan: FleetPlan;
  /** Half of the tasks were replaced by others meanwhile. */
  readonly replaced: boolean;
}

export async function createEventWorld({ plan, replaced }: EventWorldOptions): Promise<EventWorld> {
  const account = await startLocalAccount({ services, authorize: authorizeRoles });
  const { clock } = account.world;
  try {
    const fleet = await createFleet({ scope: account.scope, clock }, plan);
    const parameter = { name: '/ecs-ipv6/policy', value: BRIDGE_IS_MEANT, type: 'String', overwrite: true } as const;
    putParameter(account.scope, { ...parameter, tier: undefined, description: undefined });
    const changed = replaced ? await replaceHalf(account, fleet) : tasksOf(fleet);
    const { stack, passes } = await deploy(account);
    const letPass = async (seconds: number): Promise<void> => {
      for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
        await clock.advance(STEP_SECONDS * 1_000);
        for (let round = 0; round < TURNS; round++) await turn();
        await stack.quiet();
      }
    };
    return {
      ...{ fleet, changed },
      async burst(tasks) {
        const mark = account.calls.list().length;
        const before = passes();
        for (const task of tasks) publishTask(account.scope, task);
        for (let tries = 0; passes() === before; tries++) {
          if (tries === PATIENCE) throw new Error('the burst led to no pass of a function');
          await letPass(WINDOW_SECONDS);
        }
        return account.calls
          .list()
          .slice(mark)
          .filter(({ roleArn }) => roleArn !== undefined);
      },
      async stop() {
        stack.stop();
        await account.stop();
      },
    };
  } catch (error) {
    await account.stop();
    throw error;
  }
}
