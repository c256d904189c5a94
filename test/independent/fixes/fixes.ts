/**
 * What every finding of the demo's account prints as its fix is pasted into a shell, where the aws CLI that everybody has
 * carries it out against the local account. Afterwards the finding is gone, or it is one of those whose commands only show
 * what a person has to decide. The shell finds `aws` on PATH.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import { seedAccount } from '../../../infra/local/seed/seed-account';
import { services } from '../../../infra/local/services';
import type { Finding } from '../../../lib/evaluate/finding';
import { anAudit } from '../../support/an-audit';
import { leftToPeople } from './left-to-people';

const run = promisify(execFile);

/** Long enough for new tasks, draining targets and health checks. */
const SETTLE_MS = 30 * 60_000;
const STEP_MS = 5_000;
/** Of reading and mending. */
const ROUNDS = 2;
/** What a person takes from one command to the next. */
const PAUSE_MS = 60_000;

async function openFindings(account: LocalAccount, regions: readonly string[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const region of regions) {
    const audit = await anAudit(account, region);
    const { evaluation, snapshot } = await audit.look([audit.everything]);
    audit.close();
    if (snapshot.gaps.length > 0) throw new Error(`${region} could not be read: ${JSON.stringify(snapshot.gaps[0])}`);
    found.push(...evaluation.findings.filter(({ status }) => status === 'open'));
  }
  return found;
}

/** The command's complaint; `undefined`: it did what it says. */
async function paste(command: string, cwd: string, { endpoint, account }: LocalAccount): Promise<string | undefined> {
  const env = {
    ...{ PATH: process.env['PATH'], HOME: cwd, NO_PROXY: '127.0.0.1', AWS_PAGER: '' },
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'local' },
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  try {
    await run('bash', ['-o', 'pipefail', '-c', command], { cwd, env });
    return undefined;
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string };
    return `${command}\n    ${stderr.trim()}`;
  }
}

async function pass({ world }: LocalAccount, milliseconds: number): Promise<void> {
  for (let past = 0; past < milliseconds; past += STEP_MS) await world.clock.advance(STEP_MS);
}

/** Does what the findings say, one after the other; complaints. */
async function follow(findings: readonly Finding[], folder: string, account: LocalAccount): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const { rule, fix } of findings) {
    for (const command of fix) {
      const complaint = await paste(command, folder, account);
      if (complaint !== undefined && !isNotSimulated(complaint)) complaints.push(`${rule}: ${complaint}`);
      await pass(account, PAUSE_MS);
    }
  }
  await pass(account, SETTLE_MS);
  return complaints;
}

const isNotSimulated = (complaint: string): boolean => complaint.includes('ssm:SendCommand is not simulated');

async function judge(account: LocalAccount, folder: string): Promise<readonly string[]> {
  const regions = await seedAccount(account, { name: 'demo' });
  const wrong: string[] = [];
  const before = await openFindings(account, regions);
  let left = before;
  // what is mended in a service is then to be mended in the tasks that it still has
  for (let round = 0; round < ROUNDS; round++) {
    const isNew = ({ rule }: Finding): boolean =>
      round === 0 || !(rule in leftToPeople) || rule === 'task-exec-enabled';
    wrong.push(...(await follow(left.filter(isNew), folder, account)));
    left = await openFindings(account, regions);
  }
  const commands = before.flatMap(({ fix }) => fix).length;
  for (const { rule, message } of left) if (!(rule in leftToPeople)) wrong.push(`${rule} is still found: ${message}`);
  const found = new Set(left.map(({ rule }) => rule));
  for (const rule of Object.keys(leftToPeople)) {
    if (!found.has(rule)) wrong.push(`${rule} is gone, and listed as left to people`);
  }
  const mended = new Set(before.map(({ rule }) => rule).filter((rule) => !found.has(rule)));
  process.stdout.write(
    `- ${String(commands)} commands of ${String(before.length)} findings: ${String(mended.size)} rules find nothing any more\n`,
  );
  return wrong;
}

const account = await startLocalAccount({ services });
const folder = await mkdtemp(path.join(process.env['CI_TEMPORARY'] ?? tmpdir(), 'fixes-'));
try {
  const wrong = await judge(account, folder);
  for (const line of wrong) process.stderr.write(`${line}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await account.stop();
  await rm(folder, { recursive: true });
}
