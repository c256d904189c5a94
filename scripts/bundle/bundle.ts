import { build, type BuildOptions, type OutputFile } from 'esbuild';
import { dynaliteParts } from './dynalite-parts';
import { envCredentials } from './env-credentials';
import { schemaShake } from './schema-shake';
import { splitBundle } from './split-bundle';

export interface Bundle {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** `{ 'sweep/index': 'functions/sweep.ts' }`: output path without extension -> source file. */
export type Entries = Readonly<Record<string, string>>;

const shared = {
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  // the machine that runs the tests may be older than the Lambda runtime; see `engines` in package.json
  target: 'node20',
  // esbuild's default prefers CommonJS sources, which cannot be shaken
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** How functions are built: as little as possible to load. */
export const functionOptions = {
  ...shared,
  minify: true,
  plugins: [schemaShake, envCredentials],
} satisfies BuildOptions;

/** Bundles for Lambda, source maps beside them and never read at run time. */
export async function bundleFunctions(entries: Entries, outdir: string): Promise<readonly Bundle[]> {
  // one by one: what functions have in common would lie outside of their folders
  const bundles = Object.entries(entries).map(([entry, source]) =>
    splitBundle(entry, source, { ...functionOptions, outdir }),
  );
  return (await Promise.all(bundles)).flatMap(({ files }) => files);
}

/** `import.meta.url` is empty in CommonJS; Node has resolved the symbolic link that npm makes of a `bin` by then. */
const importMetaUrl = {
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "'use strict'; const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
} as const satisfies BuildOptions;

/** Names of constants that the program declares -> texts by key, which become part of the bundle. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

function defined(texts: Texts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, byKey]) => [name, JSON.stringify(byKey)]));
}

/** One file that Node runs anywhere, with the SDK's full credential chain and readable stack traces. */
export async function bundleProgram(source: string, outfile: string, texts: Texts = {}): Promise<readonly Bundle[]> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [source],
    outfile,
    ...importMetaUrl,
    define: { ...importMetaUrl.define, ...defined(texts) },
    plugins: [schemaShake, dynaliteParts],
  });
  return outputFiles.map(toBundle);
}

function toBundle({ path, contents }: OutputFile): Bundle {
  return { path, contents };
}
