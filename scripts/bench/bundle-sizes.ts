/**
 * `bundle.kib.<function>`: size of all that is deployed of a function, source maps left out, in KiB.
 * `bundle.ratioToFloor.<function>`: what it loads until it is ready over the same clients and commands alone.
 */
import { readdir, stat } from 'node:fs/promises';
import type { Bench, Measured } from './bench';
import { buildFloor } from './cold/floor';
import { builtPath, functionNames, functionParts, type Part } from './cold/function-parts';

const KIB = 1_024;

const kib = (bytes: number): number => Math.round((bytes / KIB) * 10) / 10;

async function deployedBytes(name: string): Promise<number> {
  const files = (await readdir(builtPath(name))).filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(builtPath(`${name}/${file}`))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function toFloor({ bytes, calls }: Part): Promise<{ readonly ratio: number; readonly told: string }> {
  const floor = (await buildFloor(calls)).length;
  const ratio = Math.round((bytes / floor) * 1_000) / 1_000;
  return { ratio, told: `${String(kib(bytes))} KiB, ${String(ratio)} of a floor of ${String(kib(floor))}` };
}

async function measure(name: string): Promise<Measured> {
  const { ready, whole } = await functionParts(name);
  const [atReady, inAll] = [await toFloor(ready), await toFloor(whole)];
  return {
    figures: { [`bundle.kib.${name}`]: kib(await deployedBytes(name)), [`bundle.ratioToFloor.${name}`]: atReady.ratio },
    remarks: [`${name}: loaded until it is ready ${atReady.told}; with the first event ${inAll.told}`],
  };
}

export const bundleSizes: Bench = {
  prefix: 'bundle.',
  async run(isWanted) {
    const wanted = (name: string) => ['kib', 'ratioToFloor'].some((kind) => isWanted(`bundle.${kind}.${name}`));
    const parts: Measured[] = [];
    for (const name of (await functionNames()).filter(wanted)) parts.push(await measure(name));
    return {
      figures: Object.fromEntries(
        parts.flatMap(({ figures }) => Object.entries(figures)).filter(([name]) => isWanted(name)),
      ),
      remarks: parts.flatMap(({ remarks = [] }) => remarks),
    };
  },
};
