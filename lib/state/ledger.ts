/**
 * The ledger: every write that is no tag, noted before it is made and again when its outcome is known. What is noted and
 * not concluded lies in a partition of its own, which is all that a run has to read to find what a crash left behind.
 */
import * as v from 'valibot';
import type { LedgerAction } from '../plan/action';
import type { Origin } from '../trigger/origin';
import { LEASE_MS } from './group-leases';
import type { Item, ItemStore } from './item-store';
import { parseItem } from './parse-item';
import type { Place } from './records';

/** Long enough to be asked about at a yearly review. */
const KEEP_MS = 400 * 24 * 60 * 60_000;
/** Lost races before giving up. */
const MAX_ATTEMPTS = 5;

const base = {
  resource: v.string(),
  rules: v.array(v.string()),
  scope: v.string(),
  mode: v.picklist(['observe', 'tag', 'enforce']),
};
const target = {
  ...base,
  resourceKind: v.literal('target'),
  targetGroupArn: v.string(),
  targetId: v.string(),
  port: v.number(),
  availabilityZone: v.optional(v.string()),
  ownedBy: v.optional(v.string()),
};
const instance = {
  ...base,
  resourceKind: v.literal('cloudmap-instance'),
  serviceArn: v.string(),
  serviceId: v.string(),
  instanceId: v.string(),
  ownedBy: v.optional(v.string()),
};
const absent = v.object({ state: v.literal('absent') });
const attributes = v.record(v.string(), v.string());

const actionSchema: v.GenericSchema<unknown, LedgerAction> = v.variant('kind', [
  v.object({ kind: v.literal('deregister-target'), ...target, from: v.object({ state: v.string() }), to: absent }),
  v.object({ kind: v.literal('deregister-cloudmap-instance'), ...instance, from: attributes, to: absent }),
  v.object({
    kind: v.literal('register-target'),
    ...target,
    from: absent,
    to: v.object({ state: v.literal('registered') }),
  }),
  v.object({ kind: v.literal('register-cloudmap-instance'), ...instance, from: absent, to: attributes }),
  v.object({
    kind: v.literal('enable-primary-ipv6'),
    ...base,
    resourceKind: v.literal('instance'),
    instanceId: v.string(),
    networkInterfaceId: v.string(),
    atSource: v.string(),
    from: v.object({ primaryIpv6: v.literal(false) }),
    to: v.object({ primaryIpv6: v.literal(true) }),
  }),
  v.object({
    kind: v.literal('disable-exec'),
    ...base,
    resourceKind: v.literal('service'),
    clusterArn: v.string(),
    serviceName: v.string(),
    from: v.object({ enableExecuteCommand: v.literal(true) }),
    to: v.object({ enableExecuteCommand: v.literal(false) }),
  }),
]);

const entrySchema = v.object({
  id: v.string(),
  action: actionSchema,
  policyVersion: v.string(),
  origin: v.optional(v.object({ requestedBy: v.optional(v.string()), requestId: v.optional(v.string()) })),
  intendedAt: v.string(),
  outcome: v.optional(
    v.object({
      status: v.picklist(['applied', 'unchanged', 'failed']),
      reason: v.string(),
      at: v.string(),
      settled: v.optional(v.boolean()),
    }),
  ),
  undoes: v.optional(v.string()),
  undoneBy: v.optional(v.string()),
});

/** What became of a write. */
export interface Conclusion {
  readonly status: 'applied' | 'unchanged' | 'failed';
  readonly reason: string;
}

export interface LedgerEntry {
  /** Time and some random letters, so that ids sort by time. */
  readonly id: string;
  readonly action: LedgerAction;
  readonly policyVersion: string;
  readonly origin?: Origin;
  readonly intendedAt: string;
  /** Absent: under way, or its process died. `settled`: a later run read it back. */
  readonly outcome?: Conclusion & { readonly at: string; readonly settled?: boolean };
  /** Of an undo: id of the removal that it takes back. */
  readonly undoes?: string;
  /** Of a removal: id of the undo that took it back. */
  readonly undoneBy?: string;
}

export interface Intent extends Pick<LedgerEntry, 'action' | 'policyVersion' | 'origin' | 'undoes'> {
  /** Random; makes the id one of its own. */
  readonly nonce: string;
}

export interface Ledger {
  /** To be awaited before the write. @throws when it can not be noted: then nothing may be written */
  intend(intent: Intent): Promise<LedgerEntry>;
  /** By the one who wrote; goes before what anyone else read back meanwhile. */
  conclude(entry: LedgerEntry, conclusion: Conclusion): Promise<void>;
  /** Intents without an outcome whose writer's lease is over, oldest first. */
  unsettled(): Promise<readonly LedgerEntry[]>;
  /** By another who read the world back; changes nothing where the writer has concluded. */
  settle(entry: LedgerEntry, conclusion: Conclusion): Promise<void>;
  find(id: string): Promise<LedgerEntry | undefined>;
  /** Everything that is kept, newest first. */
  list(): Promise<readonly LedgerEntry[]>;
  noteUndone(id: string, undoneBy: string): Promise<void>;
}

export interface LedgerOptions {
  readonly store: ItemStore;
  readonly place: Place;
  readonly now: () => Date;
}

/** @throws when the item is no entry: the table or file was written by something else */
const toEntry = (item: Item): LedgerEntry => parseItem(entrySchema, item);
const byId = (left: LedgerEntry, right: LedgerEntry): number => (left.id < right.id ? -1 : 1);

/** `20261122T110449123Z-1f2e3d4c` */
const idAt = (now: Date, nonce: string): string => `${now.toISOString().replaceAll(/[-:.]/g, '')}-${nonce.slice(0, 8)}`;

export function createLedger({ store, place: { account, region }, now }: LedgerOptions): Ledger {
  const concluded = `ledger#${account}#${region}`;
  const open = `intent#${account}#${region}`;
  const put = (partition: string, entry: LedgerEntry, expected?: number): Promise<boolean> => {
    const expiresAt = new Date(new Date(entry.intendedAt).getTime() + KEEP_MS);
    return store.put({ partition, key: entry.id, value: entry, expiresAt, expected });
  };
  const change = async (id: string, edit: (entry: LedgerEntry) => LedgerEntry): Promise<void> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const item = await store.get(concluded, id);
      if (!item) throw new Error(`the ledger has no entry ${id}`);
      if (await put(concluded, edit(toEntry(item)), item.version)) return;
    }
    throw new Error(`the ledger's entry ${id} is being changed by somebody else; try again`);
  };
  // an intent is written once, so that it has its first version
  const close = ({ id }: LedgerEntry): Promise<boolean> => store.remove(open, id, 1);

  return {
    async intend({ nonce, ...intent }) {
      const at = now();
      const entry = { id: idAt(at, nonce), ...intent, intendedAt: at.toISOString() };
      if (!(await put(open, entry))) throw new Error(`the ledger has an entry ${entry.id} already`);
      return entry;
    },
    async conclude(entry, conclusion) {
      const outcome = { ...conclusion, at: now().toISOString() };
      if (!(await put(concluded, { ...entry, outcome }))) await change(entry.id, (stored) => ({ ...stored, outcome }));
      await close(entry);
    },
    async unsettled() {
      const before = now().getTime() - LEASE_MS;
      const entries = (await store.list(open)).map(toEntry);
      return entries.filter(({ intendedAt }) => new Date(intendedAt).getTime() <= before).sort(byId);
    },
    async settle(entry, conclusion) {
      await put(concluded, { ...entry, outcome: { ...conclusion, at: now().toISOString(), settled: true } });
      await close(entry);
    },
    async find(id) {
      const item = (await store.get(concluded, id)) ?? (await store.get(open, id));
      return item && toEntry(item);
    },
    async list() {
      const entries = [...(await store.list(open)), ...(await store.list(concluded))].map(toEntry);
      // what died between its conclusion and the end of its intent is in both; the conclusion counts
      return [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort(byId).reverse();
    },
    noteUndone: (id, undoneBy) => change(id, (entry) => ({ ...entry, undoneBy })),
  };
}
