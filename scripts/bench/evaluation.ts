/**
 * `evaluate.checksPerSecond`: checks of one rule against one resource to which it applies, in a second of one core's time,
 * at 100,000 tasks, a tenth of them violated and told in full.
 * `evaluate.costRatio100kTo1k`: time of a check at 100,000 tasks over that at 1,000; 1 if the work is linear.
 * Processor time, not the clock's, so that whatever else runs on the machine disturbs less; `npm run bench` has V8 collect
 * garbage on the same core (`--single-threaded-gc`), as it would count that of its helpers on others as well.
 */
import { evaluate } from '../../lib/evaluate/evaluate';
import { parsePolicy } from '../../lib/policy/parse-policy';
import type { Policy } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';
import type { Rule } from '../../lib/rules/rule';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import type { Bench } from './bench';
import { withFaults } from './faulty-fleet';
import { fleetSnapshot } from './fleet-snapshot';
import { median } from './median';

const SMALL = 1_000;
const LARGE = 100_000;
/** Rounds of one look at the large fleet and as many at the small one as make the same number of tasks. */
const ROUNDS = 9;

const POLICY = 'version: 1\nscopes:\n  - { name: fleet, match: { clusters: ["*"] }, posture: ipv6-only }\n';

function fleetPolicy(): Policy {
  const { policy, problems } = parsePolicy([{ place: 'bench', text: POLICY }], rules);
  if (!policy) throw new Error(problems.map(({ message }) => message).join('; '));
  return policy;
}

interface Cost {
  readonly checks: number;
  readonly violated: number;
  readonly findings: number;
  readonly seconds: number;
}

/** The rules, counting how often one of them is run, and finds something. */
function counted(): { readonly counting: readonly Rule[]; readonly count: Pick<Cost, 'checks' | 'violated'> } {
  const count = { checks: 0, violated: 0 };
  const counting = rules.map((rule): Rule => ({
    ...rule,
    under: (terms) => {
      const checker = rule.under(terms);
      return {
        check: (resource, posture) => {
          const results = checker.check(resource, posture);
          count.checks += 1;
          count.violated += results.length;
          return results;
        },
      };
    },
  }));
  return { counting, count };
}

/** @param times how often the snapshot is looked at, each time with none of its lookups built yet */
function costOf(snapshot: Snapshot, policy: Policy, times: number): Cost {
  const { counting, count } = counted();
  // what was left lying by what came before is not part of it
  globalThis.gc?.();
  const before = process.cpuUsage();
  let findings = 0;
  for (let time = 0; time < times; time++) {
    findings += evaluate({ snapshot: { ...snapshot }, policy, rules: counting, now: snapshot.takenAt }).findings.length;
  }
  const { user, system } = process.cpuUsage(before);
  return { ...count, findings, seconds: (user + system) / 1e6 };
}

const perCheck = ({ checks, seconds }: Cost): number => seconds / checks;

export const evaluation: Bench = {
  prefix: 'evaluate.',
  async run(isWanted) {
    const policy = fleetPolicy();
    const faulty = async (tasks: number): Promise<Snapshot> => withFaults(await fleetSnapshot(tasks, policy));
    const [small, large] = [await faulty(SMALL), await faulty(LARGE)];
    const costs: { readonly small: Cost; readonly large: Cost }[] = [];
    costOf(small, policy, ROUNDS);
    for (let round = 0; round < ROUNDS; round++) {
      costs.push({ small: costOf(small, policy, LARGE / SMALL), large: costOf(large, policy, 1) });
    }
    const best = Math.min(...costs.map((cost) => perCheck(cost.large)));
    // of a round: what else the machine did then slowed both
    const ratio = median(costs.map(({ small: low, large: high }) => perCheck(high) / perCheck(low)));
    const figures = {
      'evaluate.checksPerSecond': Math.round(1 / best),
      'evaluate.costRatio100kTo1k': Math.round(ratio * 1_000) / 1_000,
    };
    const [{ large: seen } = { large: { checks: 0, violated: 0, findings: 0 } }] = costs;
    const percent = (part: number): string => String(Math.round((part / seen.checks) * 1_000) / 10);
    return {
      figures: Object.fromEntries(Object.entries(figures).filter(([name]) => isWanted(name))),
      remarks: [
        `evaluate: ${String(seen.checks)} checks of ${String(LARGE)} tasks, ${percent(seen.violated)} % of them violated, ${percent(seen.findings)} % told`,
      ],
    };
  },
};
