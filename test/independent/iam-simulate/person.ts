/** A person with the stack's policies for it, who looks at its ledger and takes removals back. */
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { policiesOf, putRole, roleSession } from '../../../infra/local/iam/roles';
import type { Policies } from '../../../infra/local/iam/evaluate-policy';
import type { LocalAccount } from '../../../infra/local/local-account';
import type { RunningStack } from '../../../infra/local/runtime/run-template';
import type { LedgerEntry } from '../../../lib/state/ledger';
import { need } from '../../../infra/local/seed/seed-clients';

/** What becomes of a registration takes the account's time. */
const STEP_SECONDS = 1;

export interface Person {
  readonly roleArn: string;
  /** What the policy for undo alone grants. */
  readonly undo: Policies;
}

/** @returns who took back a removal of each kind */
export async function takeBack(account: LocalAccount, stack: RunningStack): Promise<Person> {
  const { scope } = account;
  const { ReadPolicyArn = '', UndoPolicyArn = '', StateTableName = '' } = stack.outputs();
  const role = (name: string, ...managedPolicyArns: readonly string[]) =>
    putRole(scope, { name, inline: [], managedPolicyArns });
  const { arn: roleArn } = role('ecs-ipv6-operator', ReadPolicyArn, UndoPolicyArn);
  const { arn: poorer } = role('ecs-ipv6-undo-alone', UndoPolicyArn);
  const credentials = account.registerCredentials(roleSession(scope, roleArn, 'anna'));
  const run = async (...args: readonly string[]): Promise<string> => {
    const state = ['--state', `dynamodb:${StateTableName}`, '--region', account.region, '--format', 'json'];
    const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args, ...state], {
      env: {
        ...process.env,
        ...{ AWS_ENDPOINT_URL: account.endpoint, AWS_ACCESS_KEY_ID: credentials.accessKeyId },
        ...{ AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey, AWS_SESSION_TOKEN: credentials.sessionToken },
      },
    });
    const [out, said]: [string[], string[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const clock = setInterval(() => void account.world.clock.advance(STEP_SECONDS * 1_000), 200);
    const [code] = (await once(child, 'close').finally(() => clearInterval(clock))) as [number];
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${[...out, ...said].join('')}`);
    return out.join('');
  };
  const { entries } = JSON.parse(await run('history')) as { readonly entries: readonly LedgerEntry[] };
  for (const kind of ['deregister-target', 'deregister-cloudmap-instance']) {
    const made = entries.find(({ action, outcome }) => action.kind === kind && outcome?.status === 'applied');
    await run('undo', need(made?.id, `a ${kind} in the ledger`));
  }
  return { roleArn, undo: policiesOf(scope, poorer) ?? { identity: [] } };
}
