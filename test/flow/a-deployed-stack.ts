/** What infra/template.yaml deploys, in the account of a simulated site: built functions, with their roles' permissions. */
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeAll } from '@jest/globals';
import { authorizeRoles } from '../../infra/local/iam/authorize';
import { runTemplate, type RunningStack } from '../../infra/local/runtime/run-template';
import { aSite, type Site, type SiteOptions } from '../infra/local/services/ecs/a-site';
import { build } from '../support/build';
import { clientSettings } from '../support/local-account';

const TEMPLATE = path.join(import.meta.dirname, '..', '..', 'infra', 'template.yaml');
const BUILD_MS = 120_000;

/** Shorter than every window and timeout of the template. */
const STEP_SECONDS = 5;
/** Turns of the event loop that carry a timer's work to the function that it starts. */
const TURNS = 20;

const running = new Set<RunningStack>();

beforeAll(build, BUILD_MS);
afterEach(() => {
  for (const stack of running) stack.stop();
  running.clear();
});

/** The whole account in one scope. */
export const policyText = (mode: string, more = ''): string =>
  `version: 1\nmode: ${mode}\nscopes:\n  - { name: shop, posture: ipv6-only }\n${more}`;

export interface DeployedStack extends Site {
  readonly stack: RunningStack;
  /** Those that the stack has, for an update that changes some. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly output: (name: string) => string;
  /** Lines that functions printed. */
  readonly lines: readonly string[];
  /** Lets simulated time pass, and every function finish what it began meanwhile. */
  letPass(seconds: number): Promise<void>;
  /** Writes a parameter below the policy's path. */
  put(name: 'policy' | 'enforcement', value: string): Promise<void>;
  /** Asks the function that answers people. */
  ask(payload: unknown): Promise<{ readonly failed: boolean; readonly answer: unknown }>;
}

export interface Deployment extends SiteOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  /** In force from the beginning. */
  readonly policy: string;
  /** Fills the site before anything is deployed; answers with parameters that depend on it. */
  readonly furnish?: (site: Site) => Promise<Readonly<Record<string, string>> | undefined>;
}

export async function aDeployedStack(deployment: Deployment): Promise<DeployedStack> {
  const { policy, furnish, authorize = authorizeRoles } = deployment;
  const site = await aSite({ authorize });
  const { account, clock } = site;
  const ssm = new SSMClient(clientSettings(account));
  const lambda = new LambdaClient(clientSettings(account));
  const put = async (name: string, Value: string): Promise<void> => {
    await ssm.send(new PutParameterCommand({ Name: `/ecs-ipv6/${name}`, Value, Type: 'String', Overwrite: true }));
  };
  await put('policy', policy);
  const parameters = { ...deployment.parameters, ...(await furnish?.(site)) };
  const lines: string[] = [];
  const stack = await runTemplate({
    ...{ account, templateFile: TEMPLATE, stackName: 'ecs-ipv6', parameters },
    log: (name, line) => lines.push(`${name}: ${line}`),
  });
  running.add(stack);
  const output = (name: string): string => stack.outputs()[name] ?? '';
  return {
    ...{ ...site, stack, parameters, output, lines, put },
    async letPass(seconds) {
      for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
        await clock.advance(STEP_SECONDS * 1_000);
        for (let round = 0; round < TURNS; round++) await turn();
        await stack.quiet();
      }
    },
    async ask(payload) {
      const request = { FunctionName: output('InvokeFunctionName'), Payload: Buffer.from(JSON.stringify(payload)) };
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand(request));
      return { failed: FunctionError !== undefined, answer: JSON.parse(Payload?.transformToString() ?? 'null') };
    },
  };
}
