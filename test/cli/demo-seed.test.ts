/** What `audit --local` shows: the demo's account at this machine's time, in all its regions. */
import { expect, it } from '@jest/globals';
import { EXIT } from '../../lib/cli/exit-code';
import { startLocal } from '../../lib/cli/local';
import { run } from '../../lib/cli/run';
import { severities } from '../../lib/evaluate/finding';
import type { Report } from '../../lib/report/report';

const before = { ...process.env };

it('has a clock that is right, and its regions in one report, the worst first', async () => {
  const { account, regions } = await startLocal({ seed: { name: 'demo' }, port: 0, throttling: 'off' });
  try {
    expect(Math.abs(account.world.clock.now().getTime() - Date.now())).toBeLessThan(5_000);
    const texts: string[] = [];
    const words = ['audit', '--format', 'json', ...regions.flatMap((one) => ['--region', one])];
    const code = await run(words, { print: (text) => texts.push(text), complain: (text) => texts.push(text) });
    const report = JSON.parse(texts.join('')) as Report;
    expect([code, report.regions, report.gaps]).toEqual([EXIT.violations, regions, []]);
    const open = report.findings.filter(({ status }) => status === 'open');
    const ranks = open.map(({ severity }) => severities.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
    // what needs time, and what is not in the first region
    const some = ['account-dual-stack-setting-off', 'region-unsupported', 'target-orphaned', 'task-stuck-registering'];
    expect(
      open
        .map(({ rule }) => rule)
        .filter((rule) => some.includes(rule))
        .sort(),
    ).toEqual(some);
    const future = report.findings.filter(({ message }) => {
      const [time] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(message) ?? [];
      return time !== undefined && Date.parse(time) > Date.now();
    });
    expect(future).toEqual([]);
  } finally {
    await account.stop();
    process.env = { ...before };
  }
});
