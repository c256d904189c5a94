/** What one run of the command line works with: who is calling, where, with which policy and memory. */
import os from 'node:os';
import path from 'node:path';
import {
  createInspection,
  createTool,
  parametersOf,
  tableStore,
  whoAmI,
  type Caller,
  type Inspection,
} from '../composition';
import type { Controller } from '../controller';
import { fileSource, parameterSource, type PolicySource } from '../policy/policy-source';
import { openFileStore } from '../state/file-store';
import type { ItemStore } from '../state/item-store';
import { createMemoryStore } from '../state/memory-store';
import { UsageError } from './failure';
import type { PolicyFile } from './policy-file';

/** Where policy and kill switch lie unless the stack was told otherwise. */
export const PARAMETER_PREFIX = '/ecs-ipv6';

export interface SessionOptions {
  readonly region: string | undefined;
  /** Parameter Store's if absent. */
  readonly policy: PolicyFile | undefined;
  /** `memory`, `dynamodb:TABLE` or a file's path; a file for each account if absent. */
  readonly state: string | undefined;
}

export interface Session {
  readonly caller: Caller;
  readonly controller: Pick<Controller, 'reconcile'>;
  /** Releases the state file. */
  close(): Promise<void>;
}

interface OpenStore {
  readonly store: ItemStore;
  readonly close: () => Promise<void>;
}

const now = (): Date => new Date();
const nothingToClose = (): Promise<void> => Promise.resolve();

export async function openSession({ region, policy, state }: SessionOptions): Promise<Session> {
  const caller = await whoAmI({ region });
  const opened = await openStore(state, caller);
  const controller = createTool({ here: caller, store: opened.store, source: sourceOf(caller, policy) });
  return { caller, controller, close: () => opened.close() };
}

export interface OpenMemory {
  readonly caller: Caller;
  readonly store: ItemStore;
  readonly source: PolicySource;
  readonly close: () => Promise<void>;
}

/** What earlier runs remember, and the deployed policy: for what is about the past. */
export async function openMemory(region: string | undefined, state: string | undefined): Promise<OpenMemory> {
  const caller = await whoAmI({ region });
  const { store, close } = await openStore(state, caller);
  return { caller, store, source: sourceOf(caller, undefined), close };
}

/** The same without a memory: to look, and no more. */
export async function openInspection(
  region: string | undefined,
  policy: PolicyFile | undefined,
): Promise<{ readonly caller: Caller; readonly inspection: Inspection }> {
  const caller = await whoAmI({ region });
  const store = createMemoryStore({ now });
  return { caller, inspection: createInspection({ here: caller, store, source: sourceOf(caller, policy) }) };
}

function sourceOf({ region }: Caller, policy: PolicyFile | undefined): PolicySource {
  const written = parameterSource(parametersOf(region), PARAMETER_PREFIX);
  return policy ? fileSource(policy.file, policy.text, () => written.readEnforcement()) : written;
}

async function openStore(state: string | undefined, caller: Caller): Promise<OpenStore> {
  if (state === '' || state === 'dynamodb:') throw new UsageError('--state: name a file, dynamodb:TABLE or memory');
  if (state === 'memory') return { store: createMemoryStore({ now }), close: nothingToClose };
  const [, table] = /^dynamodb:(.+)$/.exec(state ?? '') ?? [];
  if (table !== undefined) return { store: await openTable(table, caller), close: nothingToClose };
  const store = await openFileStore(state ?? defaultFile(caller), now);
  return { store, close: () => store.close() };
}

/** Asks it once: that it is not there should not come out in the middle of a pass. */
async function openTable(table: string, { account, region }: Caller): Promise<ItemStore> {
  const store = tableStore(region, table);
  await store.get('probe', 'probe').catch((error: unknown) => {
    if (!(error instanceof Error) || !NO_TABLE.has(error.name)) throw error;
    const where = `account ${account}, region ${region}`;
    throw new UsageError(
      `--state dynamodb:${table}: ${where} has no such state table (${error.message}); name the stack's (output StateTableName), a file or memory`,
      { cause: error },
    );
  });
  return store;
}

/** The second is said of a table with other keys, and of what can be no table's name. */
const NO_TABLE: ReadonlySet<string> = new Set(['ResourceNotFoundException', 'ValidationException']);

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function defaultFile({ account }: Caller): string {
  const { XDG_STATE_HOME: configured } = process.env;
  const folder =
    configured === undefined || configured === '' ? path.join(os.homedir(), '.local', 'state') : configured;
  return path.join(folder, 'ecs-ipv6', `${account}.json`);
}
