import * as v from 'valibot';
import type { ItemStore } from '../state/item-store';
import { builtInPolicy } from './built-in';
import type { PolicyPart } from './document';
import { lowerMode } from './mode';
import { parsePolicy } from './parse-policy';
import type { LoadedPolicy, Policy, PolicyProblem } from './policy';
import type { PolicySource, WrittenPolicy } from './policy-source';
import type { KnownRule } from './rule-settings';

/** How long a policy read serves; a change or the kill switch is seen within this time, and before every removal. */
export const POLICY_TTL_MS = 30_000;

const LAST_VALID = { partition: 'policy', key: 'last-valid' } as const;
const storedParts = v.object({
  policyVersion: v.string(),
  parts: v.array(v.object({ place: v.string(), text: v.string() })),
});

export interface PolicyLoaderOptions {
  readonly source: PolicySource;
  readonly store: ItemStore;
  readonly rules: readonly KnownRule[];
  readonly now: () => Date;
}

export interface PolicyLoader {
  /** The policy in force, at most `POLICY_TTL_MS` old. Never rejects: what is wrong is in `problems`. */
  load(): Promise<LoadedPolicy>;
  /** The same, read now: for the fence before a removal. */
  loadFresh(): Promise<LoadedPolicy>;
}

export function createPolicyLoader(options: PolicyLoaderOptions): PolicyLoader {
  let cached: { readonly at: number; readonly policy: LoadedPolicy } | undefined;
  const loadFresh = async (): Promise<LoadedPolicy> => {
    const policy = await read(options);
    cached = { at: options.now().getTime(), policy };
    return policy;
  };
  return {
    loadFresh,
    load: async () =>
      cached && options.now().getTime() - cached.at < POLICY_TTL_MS ? cached.policy : await loadFresh(),
  };
}

async function read(options: PolicyLoaderOptions): Promise<LoadedPolicy> {
  const enforcementOn = await readsOn(options.source);
  let written: WrittenPolicy | undefined;
  try {
    written = await options.source.read();
  } catch (error) {
    const problem = { place: 'policy', path: '', message: `cannot be read: ${text(error)}` };
    return await lastValid(options, { problems: [problem], policyVersion: 'unreadable' });
  }
  if (!written) {
    const origin = 'built-in';
    return { policy: builtInPolicy, policyVersion: origin, origin, problems: [], warnings: [], enforcementOn };
  }
  const { policyVersion, parts } = written;
  const parsed = parsePolicy(parts, options.rules);
  if (!parsed.policy) return await lastValid(options, { problems: parsed.problems, policyVersion });
  await keep(options.store, written);
  return { ...parsed, policyVersion, origin: options.source.origin, enforcementOn };
}

/** Only the value `on`, and only when it can be read, allows destructive writes. */
async function readsOn(source: PolicySource): Promise<boolean> {
  try {
    return (await source.readEnforcement()) === 'on';
  } catch {
    // unreadable means off: the policy itself is still worth reporting on
    return false;
  }
}

async function keep(store: ItemStore, { parts, policyVersion }: WrittenPolicy): Promise<void> {
  const before = await store.get(LAST_VALID.partition, LAST_VALID.key);
  const value = { policyVersion, parts };
  if (before && JSON.stringify(before.value) === JSON.stringify(value)) return;
  // losing this race means that another run kept a valid policy: as good
  await store.put({ ...LAST_VALID, value, expected: before?.version });
}

async function lastValid(
  options: PolicyLoaderOptions,
  broken: { problems: readonly PolicyProblem[]; policyVersion: string },
): Promise<LoadedPolicy> {
  const policy = (await recallLastValid(options)) ?? builtInPolicy;
  const loaded: LoadedPolicy = { policy, ...broken, warnings: [], origin: 'last-valid', enforcementOn: false };
  return lowerMode(loaded, 'observe');
}

async function recallLastValid({ store, rules }: PolicyLoaderOptions): Promise<Policy | undefined> {
  const item = await store.get(LAST_VALID.partition, LAST_VALID.key);
  const stored = v.safeParse(storedParts, item?.value);
  if (!stored.success) return undefined;
  const parts: readonly PolicyPart[] = stored.output.parts;
  return parsePolicy(parts, rules).policy;
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
