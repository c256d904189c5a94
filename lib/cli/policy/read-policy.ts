/** Where `ecs-ipv6 policy` takes a policy from: files, stdin, or Parameter Store. */
import { text } from 'node:stream/consumers';
import { parametersOf, whoAmI } from '../../composition';
import { builtInPolicy } from '../../policy/built-in';
import type { PolicyPart } from '../../policy/document';
import { tracePolicy, type TracedPolicy } from '../../policy/parse-policy';
import type { PolicyProblem } from '../../policy/policy';
import { parameterSource, PolicyReadError } from '../../policy/policy-source';
import { rules } from '../../rules/registry';
import { UsageError } from '../failure';
import { problemLine } from '../policy-file';
import { PARAMETER_PREFIX } from '../session';
import { readTextFile } from '../text-file';

/** A policy and what it is called. */
export interface NamedPolicy extends TracedPolicy {
  readonly name: string;
}

/** In the place of a file. */
export const STDIN = '-';

async function readPart(file: string): Promise<PolicyPart> {
  if (file === STDIN) return { place: 'stdin', text: await text(process.stdin) };
  return { place: file, text: await readTextFile('policy', file) };
}

/** Files as parts of one policy, in name order as in Parameter Store; `-` is stdin. */
export async function readParts(files: readonly string[]): Promise<readonly PolicyPart[]> {
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new UsageError(`${twice}: is named twice`);
  const parts: PolicyPart[] = [];
  for (const file of [...files].sort()) parts.push(await readPart(file));
  return parts;
}

/** @throws UsageError with a line for each fault */
function valid(name: string, parts: readonly PolicyPart[]): NamedPolicy {
  const traced = tracePolicy(parts, rules);
  if (!traced.policy) throw new UsageError(traced.problems.map(problemLine).join('\n'));
  return { ...traced, name };
}

/** @throws UsageError when a file cannot be read, or with a line for each fault */
export async function readFiles(files: readonly string[]): Promise<NamedPolicy> {
  return valid(files.join(', '), await readParts(files));
}

const BUILT_IN: NamedPolicy = {
  name: 'the built-in policy',
  policy: builtInPolicy,
  problems: [],
  warnings: [],
  writtenAt: () => undefined,
  remark: (path, message): PolicyProblem => ({ place: 'built-in', path: path.join('.'), message }),
};

/** What is deployed: in Parameter Store, or the built-in policy where nobody wrote one. */
export async function readDeployed(region: string | undefined): Promise<NamedPolicy> {
  const caller = await whoAmI({ region });
  const where = `account ${caller.account}, ${caller.region}`;
  const source = parameterSource(parametersOf(caller.region), PARAMETER_PREFIX);
  const written = await source.read().catch((error: unknown) => {
    throw error instanceof PolicyReadError ? error.cause : error;
  });
  if (!written)
    return { ...BUILT_IN, name: `the built-in policy (${where} has no parameter ${PARAMETER_PREFIX}/policy)` };
  return valid(`${written.parts.map(({ place }) => place).join(', ')} of ${where}`, written.parts);
}
