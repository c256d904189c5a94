/** Starts processes that load something and end; what they cost is told by themselves. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/** What the functions are deployed on. */
const DEPLOYED_MAJOR = 24;
const FETCH = path.join(import.meta.dirname, '..', '..', '..', '.ci', 'node-24.sh');

/** This Node if it is as new as the deployed one; else the one that CI fetches. */
export function deployedNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= DEPLOYED_MAJOR) return process.execPath;
  return path.join(execFileSync('bash', [FETCH], { encoding: 'utf8' }).trim(), 'node');
}

/** What the template and Lambda set; nobody is called. */
const ENVIRONMENT = {
  ACCOUNT: '111122223333',
  ALERT_TOPIC: 'arn:aws:sns:eu-west-2:111122223333:alerts',
  AWS_ACCESS_KEY_ID: 'ASIA0000000000000000',
  AWS_REGION: 'eu-west-2',
  AWS_SECRET_ACCESS_KEY: 'none',
  CONTROLLER_ROLE: 'controller',
  FINDING_BUS: 'findings',
  INSTANCE_QUEUE: 'https://sqs.eu-west-2.amazonaws.com/111122223333/instances',
  POLICY_PREFIX: '/ecs-ipv6',
  STATE_TABLE: 'state',
};

/** Processor time of the whole process, the start of Node included, once all is loaded and its clients are made. */
const LOAD = `
  const [{ handler }, rest] = process.argv.slice(1).map((file) => require(file));
  for (const make of Object.values(rest ?? {})) make({});
  const { user, system } = process.cpuUsage();
  if (typeof handler !== 'function') throw new Error('no handler');
  process.stdout.write(String((user + system) / 1000), () => process.exit(0));`;

/**
 * @param files that of the handler, and what is loaded with the first event if that counts too
 * @returns milliseconds of processor time
 */
export function load(node: string, files: readonly string[]): number {
  const { status, stdout, stderr } = spawnSync(node, ['-e', LOAD, ...files], { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${files.join(', ')} can not be loaded: ${stderr.slice(-500)}`);
  return Number(stdout);
}
