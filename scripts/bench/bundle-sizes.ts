/** `bundle.kib.<function>`: size of each function's built bundle, in KiB. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './bench';

const BUILT = path.join(import.meta.dirname, '..', '..', 'dist', 'functions');
const KIB = 1_024;

async function sizeOf(name: string): Promise<number> {
  const { size } = await stat(path.join(BUILT, name, 'index.js'));
  return Math.round((size / KIB) * 10) / 10;
}

export const bundleSizes: Bench = {
  prefix: 'bundle.',
  async run(isWanted) {
    const folders = (await readdir(BUILT, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const names = folders
      .map(({ name }) => name)
      .filter((name) => isWanted(`bundle.kib.${name}`))
      .sort();
    const figures = await Promise.all(names.map(async (name) => [`bundle.kib.${name}`, await sizeOf(name)] as const));
    return { figures: Object.fromEntries(figures) };
  },
};
