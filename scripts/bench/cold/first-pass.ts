/**
 * Whether loading on demand costs what it saves: processor time until the first batch of events is worked off, from the
 * start of the process, by the function as it is built and by the same in one file that is loaded at once.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import { runTemplate } from '../../../infra/local/runtime/run-template';
import { createFleet, type Fleet } from '../../../infra/local/seed/fleet/fleet';
import { services } from '../../../infra/local/services';
import { listFunctions } from '../../../infra/local/services/lambda/functions';
import { functionOptions } from '../../bundle/bundle';
import { scenarios } from '../event-scenarios';
import { median } from '../median';
import { builtPath } from './function-parts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const NAME = 'reconcile-tasks';
/** Part of the deployed function's name. */
const DEPLOYED = 'ReconcileTasks';
const EVENTS = 10;

const IN_ONE_PIECE = `
  import { withReconcile } from './functions/middleware';
  import { deploy } from './lib/deployed/deploy';
  import { eventPass } from './lib/deployed/event-pass';
  export const handler = withReconcile(deploy((early) => Promise.resolve(eventPass(early))));`;

const WORK = `
  const { handler } = require(process.argv[1]);
  const event = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  handler(event, { awsRequestId: 'first', getRemainingTimeInMillis: () => 180000 }).then((answer) => {
    const { user, system } = process.cpuUsage();
    if (answer.batchItemFailures.length > 0) throw new Error(JSON.stringify(answer));
    process.stdout.write(String((user + system) / 1000), () => process.exit(0));
  });`;

type Environment = Readonly<Record<string, string>>;

async function deployed(account: LocalAccount): Promise<Environment> {
  const templateFile = path.join(ROOT, 'infra', 'template.yaml');
  const parameters = { Permissions: 'observe' };
  const stack = await runTemplate({ account, templateFile, stackName: 'ecs-ipv6', parameters });
  // nothing but the measured processes works
  stack.stop();
  const { scope, endpoint } = account;
  const found = listFunctions(scope).find(({ name }) => name.includes(DEPLOYED));
  if (!found) throw new Error(`the stack has no function ${DEPLOYED}`);
  const { roleArn, variables } = found;
  const issued = account.registerCredentials({ account: scope.account, arn: roleArn, roleArn });
  return {
    ...variables,
    AWS_ACCESS_KEY_ID: issued.accessKeyId,
    AWS_SECRET_ACCESS_KEY: issued.secretAccessKey,
    AWS_SESSION_TOKEN: issued.sessionToken,
    AWS_REGION: scope.region,
    AWS_ENDPOINT_URL: endpoint,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
}

function batchOf({ services: made }: Fleet): string {
  const tasks = made.flatMap(({ service }) => [...service.tasks]).slice(0, EVENTS);
  const bodies = tasks.map(({ arn, service }) => {
    const detail = { taskArn: arn, clusterArn: service?.cluster.arn, lastStatus: 'RUNNING' };
    return JSON.stringify({ source: 'aws.ecs', 'detail-type': 'ECS Task State Change', resources: [arn], detail });
  });
  return JSON.stringify({ Records: bodies.map((body, index) => ({ messageId: String(index), body })) });
}

interface FirstPass {
  /** @returns milliseconds of processor time */
  work(file: string): Promise<number>;
  stop(): Promise<void>;
}

async function createFirstPass(node: string): Promise<FirstPass> {
  const account = await startLocalAccount({ services, authorize: authorizeRoles });
  try {
    const fleet = await createFleet({ scope: account.scope, clock: account.world.clock }, scenarios.oneService);
    const [env, batch] = [await deployed(account), batchOf(fleet)];
    return {
      stop: () => account.stop(),
      async work(file) {
        const child = spawn(node, ['-e', WORK, file], { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
        child.stdin.end(batch);
        const [printed, failed] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
        const milliseconds = Number(printed.trim() || Number.NaN);
        if (Number.isNaN(milliseconds)) throw new Error(`the first pass failed: ${printed}${failed.slice(-500)}`);
        return milliseconds;
      },
    };
  } catch (error) {
    await account.stop();
    throw error;
  }
}

async function buildInOnePiece(file: string): Promise<void> {
  const { outputFiles } = await build({ ...functionOptions, stdin: { contents: IN_ONE_PIECE, resolveDir: ROOT } });
  await writeFile(file, outputFiles[0]?.contents ?? '');
}

/** @returns a remark */
export async function compareFirstPasses(node: string, rounds: number): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'first-pass-'));
  const first = await createFirstPass(node);
  try {
    const inOnePiece = path.join(folder, 'in-one-piece.cjs');
    await buildInOnePiece(inOnePiece);
    const times: { readonly built: number; readonly whole: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push({ built: await first.work(builtPath(`${NAME}/index.js`)), whole: await first.work(inOnePiece) });
    }
    const ratio = median(times.map(({ built, whole }) => built / whole)).toFixed(2);
    const milliseconds = median(times.map(({ built }) => built)).toFixed(0);
    return `${NAME}: until the first batch is worked off ${milliseconds} ms of processor time, ${ratio} of the same in one file that is loaded at once`;
  } finally {
    await first.stop();
    await rm(folder, { recursive: true });
  }
}
