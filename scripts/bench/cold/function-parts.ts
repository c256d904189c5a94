/** What each function is made of: which of its files it loads until it is ready, and the SDK's clients and commands. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { functionOptions } from '../../bundle/bundle';
import { splitBundle } from '../../bundle/split-bundle';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const BUILT = path.join(ROOT, 'dist', 'functions');

/** Clients by package, e.g. `@aws-sdk/client-ssm` -> `SSMClient`, `GetParametersCommand`. */
export type Calls = ReadonlyMap<string, { readonly client: string; readonly commands: readonly string[] }>;

export interface Part {
  /** Paths below `dist/functions`. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly calls: Calls;
}

export interface FunctionParts {
  readonly name: string;
  /** Loaded until the handler can be called. */
  readonly ready: Part;
  /** And on demand besides. What only the SDK itself would load, and never does here, is left out. */
  readonly whole: Part;
  /** Path of the module that is loaded with the first event. */
  readonly rest: string;
}

export const builtPath = (file: string): string => path.join(BUILT, file);

export async function functionNames(): Promise<readonly string[]> {
  const folders = (await readdir(BUILT, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).sort();
}

type Outputs = Metafile['outputs'];

/** The output and all that it imports without being asked. */
function reach(outputs: Outputs, start: string, known: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  if (known.has(start)) return known;
  const imported = (outputs[start]?.imports ?? []).filter(
    ({ kind, external }) => kind === 'import-statement' && external !== true,
  );
  return imported.reduce<ReadonlySet<string>>(
    (so, { path: next }) => reach(outputs, next, so),
    new Set([...known, start]),
  );
}

const CLIENT = /node_modules\/(@aws-sdk\/client-[\w-]+)\/dist-es\/(?:commands\/)?(\w+(?:Client|Command))\.js$/;

function membersIn(outputs: Outputs, names: ReadonlySet<string>): readonly (readonly [string, string])[] {
  const inputs = [...names].flatMap((name) => Object.entries(outputs[name]?.inputs ?? {}));
  return inputs.flatMap(([input, { bytesInOutput }]) => {
    const [, packageName = '', member = ''] = CLIENT.exec(input) ?? [];
    return member === '' || bytesInOutput === 0 ? [] : [[packageName, member] as const];
  });
}

function callsIn(outputs: Outputs, names: ReadonlySet<string>): Calls {
  const members = membersIn(outputs, names);
  const isCommand = (member: string): boolean => member.endsWith('Command');
  const clients = members.filter(([, member]) => !isCommand(member));
  return new Map(
    clients.map(([packageName, client]) => {
      const commands = members.filter(([name, member]) => name === packageName && isCommand(member));
      return [packageName, { client, commands: commands.map(([, member]) => member) }];
    }),
  );
}

/** @throws when `npm run build` has not been run on these sources */
export async function functionParts(name: string): Promise<FunctionParts> {
  const source = path.join(ROOT, 'functions', `${name}.ts`);
  const { files, metafile } = await splitBundle(`${name}/index`, source, { ...functionOptions, outdir: BUILT });
  const { outputs } = metafile;
  const keyOf = (file: string): string => path.relative(process.cwd(), file);
  const sizes = new Map(files.map((file) => [keyOf(file.path), file.contents.length]));
  const entry = keyOf(builtPath(`${name}/index.js`));
  // the SDK loads some of its own on demand, too
  const rest = Object.keys(outputs).find((key) => outputs[key]?.entryPoint?.startsWith('lib/'));
  if (rest === undefined) throw new Error(`${name} loads nothing of ours on demand`);
  const partOf = (keys: ReadonlySet<string>): Part => ({
    files: [...keys].map((key) => path.relative(BUILT, key)),
    bytes: [...keys].reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0),
    calls: callsIn(outputs, keys),
  });
  const ready = reach(outputs, entry);
  return { name, ready: partOf(ready), whole: partOf(reach(outputs, rest, ready)), rest: path.resolve(rest) };
}
