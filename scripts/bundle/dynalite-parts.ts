import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** `require('./actions/' + action)`: esbuild finds the files only if the pattern ends as they do. */
const LOADS_BY_NAME = /require\(('\.\/(?:actions|validations)\/' \+ action)\)/g;
const PARTS = 2;

function withExtensions(source: string): string {
  const found = [...source.matchAll(LOADS_BY_NAME)].length;
  if (found !== PARTS)
    throw new Error(`dynalite loads its parts in another way now: ${String(found)} of ${PARTS} found`);
  return source.replace(LOADS_BY_NAME, "require($1 + '.js')");
}

/**
 * DynamoDB of the local account, in one file. Its tables stay in memory: what dynalite would keep them on disk with is
 * native code, which no bundle can hold.
 */
export const dynaliteParts: Plugin = {
  name: 'dynalite-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]dynalite[\\/]index\.js$/ }, async ({ path }) => ({
      contents: withExtensions(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    build.onResolve({ filter: /^level$/ }, () => ({ path: 'level', namespace: 'tables-on-disk' }));
    build.onLoad({ filter: /./, namespace: 'tables-on-disk' }, () => ({
      contents: `exports.Level = class { constructor() { throw new Error('tables are kept in memory only'); } };`,
    }));
  },
};
