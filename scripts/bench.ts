/**
 * `npm run bench`: the figures by which versions are compared, docs/benchmarks.md says what each means. `--json` prints
 * `{ "figures": { name: number } }`, `--only PREFIX` measures a part. What could not be measured is absent.
 */
import { parseArgs } from 'node:util';
import { wanting, type Bench, type Figures, type IsWanted } from './bench/bench';
import { bundleSizes } from './bench/bundle-sizes';
import { coldStart } from './bench/cold/cold-start';
import { evaluation } from './bench/evaluation';
import { eventCalls } from './bench/event-calls';

/** One file each; in the order in which they run. */
const benches: readonly Bench[] = [bundleSizes, coldStart, evaluation, eventCalls];

const USAGE = 'usage: npm run -s bench -- [--json] [--only PREFIX]   (PREFIX of a figure, e.g. event.callsRatio)';

function options(): { readonly json: boolean; readonly only: string } | undefined {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
    return { json: values.json ?? false, only: values.only ?? '' };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

async function measure(
  isWanted: IsWanted,
): Promise<{ readonly figures: Figures; readonly remarks: readonly string[] }> {
  const figures: Record<string, number> = {};
  const remarks: string[] = [];
  for (const bench of benches.filter(({ prefix }) => isWanted(prefix))) {
    const measured = await bench.run(isWanted);
    Object.assign(figures, measured.figures);
    remarks.push(...(measured.remarks ?? []));
  }
  return { figures, remarks };
}

function print({ figures, remarks }: Awaited<ReturnType<typeof measure>>): void {
  const width = Math.max(...Object.keys(figures).map(({ length }) => length));
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(width)}  ${String(value)}`);
  for (const remark of remarks) console.log(remark);
}

async function main(): Promise<number> {
  const asked = options();
  if (!asked) return 2;
  const measured = await measure(wanting(asked.only));
  if (Object.keys(measured.figures).length === 0) {
    console.error(`no figure begins with ${asked.only}\n${USAGE}`);
    return 2;
  }
  if (asked.json) console.log(JSON.stringify({ figures: measured.figures }));
  else print(measured);
  return 0;
}

// it would be said at the first client, in the middle of the figures
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
process.exitCode = await main();
