import { build, type Metafile, type Plugin } from 'esbuild';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import type { Case } from './cases';

/** Test file -> its tests. Each file is loaded, and all that it needs with it, when it is first asked for. */
export type Loader = (file: string) => readonly Case[];

export interface TestBundle {
  /** All tests and all that they test, as if in a process of their own. */
  readonly load: () => Loader;
  /** The test files that load a source file, the closest first. */
  readonly testsOf: (source: string) => readonly string[];
}

const cases = path.join(import.meta.dirname, 'cases.ts');

/** `expect` is jest's own; what registers tests is ours. */
const standIn: Plugin = {
  name: 'stand-in',
  setup(bundling) {
    bundling.onResolve({ filter: /^@jest\/globals$/ }, () => ({ path: 'globals', namespace: 'stand-in' }));
    bundling.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({
      contents: `export * from ${JSON.stringify(cases)}; export { expect } from 'expect';`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/** File -> those that import it. */
function importersOf({ inputs }: Metafile): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const imported of imports) importers.set(imported.path, [...(importers.get(imported.path) ?? []), file]);
  }
  return importers;
}

function closestFirst(importers: ReadonlyMap<string, readonly string[]>, source: string): readonly string[] {
  const reached = new Set([source]);
  // a set is walked to its end, and that moves
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
  return [...reached];
}

type Run = (module: { exports?: Loader }, require: NodeJS.Require) => void;

function textOf(files: readonly string[]): string {
  const loads = files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(path.resolve(file))}),`);
  return `
    const { casesOf } = require(${JSON.stringify(cases)});
    const files = { ${loads.join('\n')} };
    module.exports = (file) => casesOf(files[file]);`;
}

export async function bundleTests(files: readonly string[]): Promise<TestBundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: textOf(files), resolveDir: process.cwd() },
    absWorkingDir: process.cwd(),
    plugins: [standIn],
    bundle: true,
    // loaded once
    external: ['expect'],
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  const [{ text } = { text: '' }] = outputFiles;
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- Node says no more than that it is a function
  const run = vm.compileFunction(text, ['module', 'require'], { filename: 'tests.cjs' }) as Run;
  // what jest brings is found from where jest is
  const require = createRequire(createRequire(import.meta.url).resolve('jest'));
  const importers = importersOf(metafile);
  return {
    load() {
      const module: { exports?: Loader } = {};
      run(module, require);
      if (!module.exports) throw new Error('The bundle of the tests exports nothing.');
      return module.exports;
    },
    testsOf: (source) => closestFirst(importers, source).filter((file) => files.includes(file)),
  };
}
