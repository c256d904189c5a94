/** `invoke --local` deploys the same stack in the same account as anybody can, and asks it in the same way. */
import { beforeAll, expect, it } from '@jest/globals';
import { createDemoWorld } from '../../lib/cli/demo/world';
import { ownTemplate } from '../../lib/cli/own-template';
import type { Report } from '../../lib/report/report';
import { build } from '../support/build';
import { aCommandLine, type Ended } from './a-command-line';

const WORLD_MS = 120_000;

beforeAll(build, WORLD_MS);

/** Without ids, addresses and times, which differ from account to account. */
function inShort({ code, stdout, stderr }: Ended) {
  const { schema, mode, scanned, findings, actions, gaps, apiCalls, origin } = JSON.parse(stdout) as Report;
  const told = findings.map(({ rule, kind, severity, status, message }) =>
    [rule, kind, severity, status, message].join(' | '),
  );
  const nameless = told.map((line) => line.replaceAll(/\b(?=[\da-f:]*\d)[\da-f:]{8,}/g, '*')).sort();
  const who = { requestedBy: origin?.requestedBy, isNamed: origin?.requestId !== undefined };
  return {
    code,
    stderr,
    schema,
    mode,
    scanned,
    findings: nameless,
    actions: actions.length,
    gaps,
    calls: Object.keys(apiCalls),
    who,
  };
}

it(
  'says the same as the function that it deploys',
  async () => {
    const world = await createDemoWorld({ templateFile: ownTemplate(), log: () => undefined });
    try {
      const words = ['--cluster', 'edge', '--dry-run', '--format', 'json'];
      const name = world.stack.outputs()['InvokeFunctionName'] ?? '';
      const asked = inShort(await aCommandLine(world.account, 'invoke', '--function', name, ...words));
      const local = inShort(await aCommandLine(world.account, 'invoke', '--local', ...words));
      expect(asked.findings.length).toBeGreaterThan(2);
      expect(local).toEqual(asked);
    } finally {
      await world.stop();
    }
  },
  WORLD_MS,
);
