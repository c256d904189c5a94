/** Runs the demo as a program of its own, in a session of its own, so that what it leaves behind can be found. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Longest that a demo may take on a busy machine. */
const MAX_MS = 180_000;
/** Longest that processes may outlive the demo. */
const GRACE_MS = 10_000;
const POLL_MS = 50;

/** @param onOutput gets everything printed so far, each time that more comes */
export function startDemo(options: readonly string[], onOutput: (stdout: string) => void = () => undefined): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', 'demo', ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MAX_MS,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput(stdout);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, ended };
}

/** Processes of a session, by proc(5): https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function processesOf(session: number): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')));
  return stats.filter((stat) => {
    // the name in parentheses may hold blanks; state, parent, group and session follow it
    const [state, , , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(own) === session && state !== 'Z';
  });
}

/** How many processes of the demo there are now, itself included. */
export async function countProcesses({ child }: Running): Promise<number> {
  return (await processesOf(child.pid ?? -1)).length;
}

/** Waits for the last process of the demo to end; answers with those that did not. */
export async function leftBehind({ child }: Running): Promise<readonly string[]> {
  const until = Date.now() + GRACE_MS;
  for (;;) {
    const left = await processesOf(child.pid ?? -1);
    if (left.length === 0 || Date.now() > until) return left;
    await pause(POLL_MS);
  }
}
