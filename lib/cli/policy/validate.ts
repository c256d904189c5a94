import { datedRemarks } from '../../policy/dated-remarks';
import type { PolicyPart } from '../../policy/document';
import { tracePolicy, type TracedPolicy } from '../../policy/parse-policy';
import type { Policy, PolicyProblem } from '../../policy/policy';
import { rules } from '../../rules/registry';
import { EXIT, type ExitCode } from '../exit-code';

export interface Validation {
  readonly valid: boolean;
  readonly problems: readonly PolicyProblem[];
  readonly warnings: readonly PolicyProblem[];
}

export interface Validated {
  readonly text: string;
  readonly code: ExitCode;
}

/** `FILE:line:column: path message`, which editors and terminals take people to. */
function line({ place, line: row, column, path, message }: PolicyProblem): string {
  const position = [place, row, column].filter((part) => part !== undefined).join(':');
  return `${position}: ${path === '' ? '' : `${path} `}${message}`;
}

const count = (amount: number, noun: string): string => `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;

function summary({ mode, scopes, rules: settings, exemptions, facts }: Policy): string {
  const parts = [
    `mode ${mode}`,
    count(scopes.length, 'scope'),
    count(Object.keys(settings).length, 'rule setting'),
    count(exemptions.length, 'exemption'),
    count(Object.keys(facts).length, 'fact'),
  ];
  return `valid: ${parts.join(', ')}`;
}

function warningsOf(traced: TracedPolicy, now: Date): readonly PolicyProblem[] {
  const dated = datedRemarks(traced.policy, now).map(({ path, message }) => traced.remark(path, message));
  return [...traced.warnings, ...dated];
}

/** What is wrong with a policy, and what its author should know of it today. */
export function validatePolicy(parts: readonly PolicyPart[], format: 'text' | 'json', now: Date): Validated {
  const traced = tracePolicy(parts, rules);
  const { policy, problems } = traced;
  const warnings = policy ? warningsOf(traced, now) : [];
  const code = policy ? EXIT.compliant : EXIT.error;
  const validation: Validation = { valid: policy !== undefined, problems, warnings };
  if (format === 'json') return { text: JSON.stringify(validation, null, 2), code };
  const verdict = policy ? summary(policy) : `invalid: ${count(problems.length, 'fault')}`;
  const lines = [...problems.map(line), ...warnings.map((warning) => `warning: ${line(warning)}`), verdict];
  return { text: lines.join('\n'), code };
}
