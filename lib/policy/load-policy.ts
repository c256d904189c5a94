import * as v from 'valibot';
import { failureKind, failureMessage } from '../aws/failure';
import type { ItemStore } from '../state/item-store';
import { builtInPolicy } from './built-in';
import type { PolicyPart } from './document';
import { lowerMode } from './mode';
import { parsePolicy } from './parse-policy';
import type { LoadedPolicy, UnreadPolicy } from './policy';
import { PolicyReadError, type PolicySource, type WrittenPolicy } from './policy-source';
import type { KnownRule } from './rule-schema';

type Serving = Pick<LoadedPolicy, 'policy' | 'policyVersion' | 'origin'>;
const BUILT_IN: Serving = { policy: builtInPolicy, policyVersion: 'built-in', origin: 'built-in' };

const NOTHING_WRITTEN: WrittenPolicy = { policyVersion: 'built-in', parts: [] };

const LAST_VALID = { partition: 'policy', key: 'last-valid' } as const;
const storedParts = v.object({
  policyVersion: v.string(),
  parts: v.array(v.object({ place: v.string(), text: v.string() })),
});

type Parse = (parts: readonly PolicyPart[]) => ReturnType<typeof parsePolicy>;

/** What is written is read before every pass and every removal, and is mostly what it was: it is parsed once. */
function parseOnce(rules: readonly KnownRule[]): Parse {
  let last: { readonly text: string; readonly parsed: ReturnType<Parse> } | undefined;
  return (parts) => {
    const text = JSON.stringify(parts);
    if (last?.text !== text) last = { text, parsed: parsePolicy(parts, rules) };
    return last.parsed;
  };
}

export interface PolicyLoaderOptions {
  readonly source: PolicySource;
  readonly store: ItemStore;
  readonly rules: readonly KnownRule[];
}

/**
 * Neither the written policy nor the last valid one is known: nobody can say what is wanted, so nothing may be done.
 * The run has to come again.
 */
export class PolicyUnavailableError extends Error {
  override readonly name = 'PolicyUnavailableError';
}

export interface PolicyLoader {
  /**
   * The policy in force, read now. What is wrong with the written one is in `problems`, why it could not be read in
   * `unread`.
   * @throws PolicyUnavailableError when the state store fails; the SDK's own error when no call would work
   */
  load(): Promise<LoadedPolicy>;
  /**
   * The same, but what is written is not remembered: for a pass that looks at a part of the account, or writes nothing.
   * Every change of it has everything looked at, and so has every sweep.
   */
  loadForPart(): Promise<LoadedPolicy>;
  /** The same as `load`: for the fence before a removal. */
  loadFresh(): Promise<LoadedPolicy>;
}

interface Loading extends Omit<PolicyLoaderOptions, 'rules'> {
  readonly parse: Parse;
  readonly parseLastValid: Parse;
}

interface ReadPolicy {
  readonly policy: LoadedPolicy;
  /** For the time when what is written is broken or can not be read. */
  readonly remember?: () => Promise<void>;
}

/** Nothing is kept from one pass to the next but what costs no call: who turns a switch must not wait. */
export function createPolicyLoader({ rules, ...others }: PolicyLoaderOptions): PolicyLoader {
  const options = { ...others, parse: parseOnce(rules), parseLastValid: parseOnce(rules) };
  const load = async (): Promise<LoadedPolicy> => {
    const { policy, remember } = await read(options);
    await remember?.();
    return policy;
  };
  return { load, loadForPart: async () => (await read(options)).policy, loadFresh: load };
}

async function read(options: Loading): Promise<ReadPolicy> {
  const { source, store, parse } = options;
  // asked for at the same time, they are read in one call
  const [enforcementOn, written] = await Promise.all([readsOn(source), readWritten(source)]);
  if (written && 'unread' in written) {
    return { policy: await instead(options, { problems: [], unread: written.unread }) };
  }
  const remember = source.origin === 'parameter' ? () => keep(store, written) : undefined;
  if (!written) return { policy: { ...BUILT_IN, problems: [], warnings: [], enforcementOn }, remember };
  const { policyVersion, parts } = written;
  const parsed = parse(parts);
  if (!parsed.policy) {
    return { policy: { ...(await instead(options, { problems: parsed.problems })), policyVersion } };
  }
  return { policy: { ...parsed, policyVersion, origin: source.origin, enforcementOn }, remember };
}

/** A call that failed as calls do is told of; one that fails because none would work is thrown. */
async function readWritten(source: PolicySource): Promise<WrittenPolicy | { unread: UnreadPolicy } | undefined> {
  try {
    return await source.read();
  } catch (error) {
    if (!(error instanceof PolicyReadError)) throw error;
    const { place, call, cause } = error;
    const reason = failureKind(cause);
    if (reason === undefined) throw cause;
    return { unread: { place, call, reason, message: failureMessage(cause) } };
  }
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

/** Remembers what is written, also that nothing is any more: then there is no policy to go back to. */
async function keep(store: ItemStore, written: WrittenPolicy | undefined): Promise<void> {
  try {
    const before = await store.get(LAST_VALID.partition, LAST_VALID.key);
    if (!before && !written) return;
    const { policyVersion, parts } = written ?? NOTHING_WRITTEN;
    const value = { policyVersion, parts };
    if (before && JSON.stringify(before.value) === JSON.stringify(value)) return;
    // losing this race means that another run kept what it read: as good
    await store.put({ ...LAST_VALID, value, expected: before?.version });
  } catch (error) {
    const message = `the policy was read and can not be remembered: the state store failed (${failureMessage(error)})`;
    throw new PolicyUnavailableError(message, { cause: error });
  }
}

type Why = Pick<LoadedPolicy, 'problems' | 'unread'>;

/** What serves while the written policy does not: the last valid one, and it only looks. */
async function instead(options: Loading, why: Why): Promise<LoadedPolicy> {
  const last = await recallLastValid(options, why);
  return lowerMode({ ...(last ?? BUILT_IN), ...why, warnings: [], enforcementOn: false }, 'observe');
}

async function recallLastValid({ store, parseLastValid }: Loading, why: Why): Promise<Serving | undefined> {
  const item = await store.get(LAST_VALID.partition, LAST_VALID.key).catch((error: unknown) => {
    const message = `${describe(why)}, and the last valid one can not either: the state store failed (${failureMessage(error)})`;
    throw new PolicyUnavailableError(message, { cause: error });
  });
  const stored = v.safeParse(storedParts, item?.value);
  if (!stored.success) return undefined;
  const parts: readonly PolicyPart[] = stored.output.parts;
  const { policy } = parseLastValid(parts);
  return policy && { policy, policyVersion: stored.output.policyVersion, origin: 'last-valid' };
}

function describe({ problems: [first], unread }: Why): string {
  if (unread) return `the policy can not be read (${unread.call} of ${unread.place}: ${unread.message})`;
  return `the policy can not be used (${first?.place ?? ''} ${first?.path ?? ''} ${first?.message ?? ''})`;
}
