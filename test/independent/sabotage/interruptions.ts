/** However and whenever the demo is ended, no process of it stays; and two at once do not disturb each other. */
import pMap from 'p-map';
import { countProcesses, leftBehind, startDemo } from './run-demo';

const DEMOS_AT_ONCE = 2;

/** Known by the demo's own words: while it seeds, once functions run, between passes, and among writes. */
const MOMENTS = [
  { when: 'while the account is seeded', said: 'Starting a local AWS account' },
  { when: 'while events wake functions', said: 'ECS Container Instance State Change' },
  { when: 'while a sweep goes on', said: '  finding ' },
  { when: 'while the controller writes', said: '  action ' },
] as const;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

interface Interruption {
  readonly when: string;
  readonly said: string;
  readonly signal: NodeJS.Signals;
}

async function interrupt({ said, signal }: Interruption): Promise<string | undefined> {
  let processes: Promise<number> | undefined;
  const running = startDemo([], (stdout) => {
    if (processes !== undefined || !stdout.includes(said)) return;
    processes = countProcesses(running);
    void processes.then(() => running.child.kill(signal));
  });
  const { code, stdout, stderr } = await running.ended;
  const left = await leftBehind(running);
  if (left.length > 0) return `left behind: ${left.join(' | ')}`;
  if (processes === undefined || (await processes) === 0) return `it never came so far:\n${stdout}${stderr}`;
  if (code === 0) return `exit code ${String(code)}: it went on to its end`;
  return /\n +at /.test(stderr) ? `a stack trace:\n${stderr}` : undefined;
}

async function runTwoAtOnce(): Promise<readonly (string | undefined)[]> {
  return await Promise.all(
    ['first', 'second'].map(async (which) => {
      const running = startDemo(['--json']);
      const { code, stdout, stderr } = await running.ended;
      const left = await leftBehind(running);
      return code === 0 && left.length === 0
        ? undefined
        : `the ${which}: exit code ${String(code)}\n${stdout}${stderr}`;
    }),
  );
}

function tell(name: string, problem: string | undefined): boolean {
  process.stdout.write(problem === undefined ? `- ${name}\n` : `WRONG: ${name}: ${problem}\n`);
  return problem === undefined;
}

const cases = MOMENTS.flatMap((moment) => SIGNALS.map((signal) => ({ ...moment, signal })));
const ended = await pMap(
  cases,
  async (one) => tell(`${one.signal} ${one.when}: no process is left`, await interrupt(one)),
  { concurrency: DEMOS_AT_ONCE },
);
const problem = (await runTwoAtOnce()).find((text) => text !== undefined);
const apart = tell('two demos at once: both pass', problem);
process.exitCode = apart && ended.every(Boolean) ? 0 : 1;
