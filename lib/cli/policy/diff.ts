import { comparePolicies } from '../../policy/compare-policies';
import type { Danger, PolicyChange } from '../../policy/policy-change';
import { rules } from '../../rules/registry';
import { EXIT, type ExitCode } from '../exit-code';
import type { NamedPolicy } from './read-policy';

const words: Readonly<Record<Danger, string>> = {
  mode: 'riskier',
  remedy: 'riskier',
  exemption: 'riskier',
  guard: 'riskier',
  other: 'other',
  safer: 'safer',
};
const WIDEST = Math.max(...Object.values(words).map(({ length }) => length));

const line = ({ danger, what, message }: PolicyChange): string =>
  `${words[danger].padEnd(WIDEST)}  ${what}: ${message}`;

export interface Difference {
  readonly text: string;
  /** 1 where they differ. */
  readonly code: ExitCode;
}

/** What changes when `after` takes the place of `before`, what can do harm first. */
export function policyDifference(before: NamedPolicy, after: NamedPolicy, format: 'text' | 'json'): Difference {
  const changes = comparePolicies(before.policy, after.policy, rules);
  const code = changes.length === 0 ? EXIT.compliant : EXIT.violations;
  const [from, to] = [before.name, after.name];
  if (format === 'json') return { text: JSON.stringify({ from, to, changes }, null, 2), code };
  const isSame = changes.length === 0;
  const heading = isSame ? `The same is meant by both: ${from} and ${to}` : `What changes from ${from} to ${to}`;
  return { text: [heading, ...changes.map(line)].join('\n'), code };
}
