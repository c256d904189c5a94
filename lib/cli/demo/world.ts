/** The demo's account with the stack in it, and ways to let time pass and to look at what became of things. */
import { setImmediate as turn } from 'node:timers/promises';
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import type { Authorize } from '../../../infra/local/protocol/invocation';
import { runTemplate, type RunningStack } from '../../../infra/local/runtime/run-template';
import { seedStory } from '../../../infra/local/seed/story/story';
import { createInbox, emptyInbox, keepWebhook, watchFindings } from '../../../infra/local/seed/story/subscribers';
import type { Story } from '../../../infra/local/seed/story/workload';
import { createSeedClients } from '../../../infra/local/seed/seed-clients';
import { services } from '../../../infra/local/services';
import { startSlackWebhook } from '../../../infra/local/webhook/slack-webhook';

export interface DemoWorld {
  readonly account: LocalAccount;
  readonly parts: Story;
  readonly stack: RunningStack;
  /** Those that the stack has from the beginning, for an update that changes some of them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Messages that the alert topic delivered since the last look. */
  alerts(): Promise<readonly string[]>;
  /** Bodies of all messages that Slack took. */
  readonly slack: readonly string[];
  /** `Finding State Change` events since the last look. */
  changes(): Promise<readonly string[]>;
  /** Lets simulated time pass, and every function finish what it began meanwhile. */
  letPass(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly templateFile: string;
  /** What functions print. */
  readonly log: (functionName: string, line: string) => void;
  /** Sees every question that IAM is asked; roles' own policies decide if absent. */
  readonly authorize?: Authorize;
}

/** One step of simulated time: shorter than every window and timeout of the template. */
const STEP_SECONDS = 5;
/** Turns of the event loop that carry a timer's work to the function that it starts. */
const TURNS = 20;

export async function createDemoWorld({
  templateFile,
  log,
  authorize = authorizeRoles,
}: DemoOptions): Promise<DemoWorld> {
  const account = await startLocalAccount({ services, authorize });
  const { scope, world } = account;
  const slack = await startSlackWebhook({ seconds: () => world.clock.now().getTime() / 1_000 });
  const end = async (): Promise<void> => {
    await slack.stop();
    await account.stop();
  };
  try {
    const parts = await seedStory(account, createSeedClients(account));
    account.throttle('published');
    const alertInbox = createInbox(scope, 'on-call', 'sns');
    const changeInbox = createInbox(scope, 'watcher', 'events');
    const parameters = {
      ...{ Permissions: 'observe', AlertQueueArn: alertInbox.arn },
      SlackSecretArn: await keepWebhook(parts.clients, slack.url),
    };
    const stack = await runTemplate({ account, templateFile, stackName: 'ecs-ipv6', parameters, log });
    watchFindings(scope, changeInbox, stack.outputs()['FindingBusName'] ?? '');
    const rest = async (): Promise<void> => {
      for (let round = 0; round < TURNS; round++) await turn();
      await stack.quiet();
    };
    return {
      ...{ account, parts, stack, parameters, slack: slack.taken },
      alerts: () => emptyInbox(scope, alertInbox),
      changes: () => emptyInbox(scope, changeInbox),
      async letPass(seconds) {
        for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
          await world.clock.advance(STEP_SECONDS * 1_000);
          await rest();
        }
      },
      async stop() {
        stack.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
