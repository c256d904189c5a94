import type { PortRange } from '../../snapshot/network-resources';
import { containsBlock, fill, overlap, parseBlock, type Block } from './block';

/** One line of an ordered list of which the first line that matches decides; what none matches is not let through. */
export interface Line {
  /** Lines that name no IPv6 block match nothing. */
  readonly cidr: string;
  readonly allows: boolean;
  /** Absent: every port. */
  readonly ports?: PortRange;
}

export interface Asked {
  readonly cidr: string;
  /** All of them have to be let through; absent: ports do not matter. */
  readonly ports?: PortRange;
}

/**
 * For how many of the addresses that are asked for everything is let through. `part` is no answer to whether something
 * works: it depends on which addresses are meant.
 */
export type Coverage = 'whole' | 'part' | 'none';

interface Entry {
  readonly block: Block;
  readonly allows: boolean;
  readonly ports: PortRange;
}

const EVERY_PORT: PortRange = { from: 0, to: 65_535 };

/** The addresses that are asked for, cut along the lines' blocks: what is left of each by those within it behaves alike. */
function atomsOf(asked: Block, entries: readonly Entry[]): readonly Block[] {
  const keys = new Map<string, Block>();
  for (const block of [asked, ...entries.map((entry) => entry.block)]) {
    if (containsBlock(asked, block)) keys.set(`${block.first}/${block.prefix}`, block);
  }
  const blocks = [...keys.values()];
  return blocks.filter((block) => {
    const within = blocks.filter((other) => other.prefix > block.prefix && containsBlock(block, other));
    return !fill(block, within);
  });
}

/** The first ports of the ranges into which the lines cut what is asked for. */
function cuts({ from, to }: PortRange, entries: readonly Entry[]): readonly number[] {
  const edges = entries.flatMap(({ ports }) => [ports.from, ports.to + 1]);
  return [...new Set([from, ...edges])].filter((port) => from <= port && port <= to);
}

function isLetThrough(entries: readonly Entry[], asked: PortRange): boolean {
  return cuts(asked, entries).every(
    (port) => entries.find(({ ports }) => ports.from <= port && port <= ports.to)?.allows ?? false,
  );
}

/** What a list of lines lets through of what is asked for. */
export function coverageOf(lines: readonly Line[], asked: Asked): Coverage {
  const block = parseBlock(asked.cidr);
  if (!block) return 'none';
  const entries = lines.flatMap(({ cidr, allows, ports = EVERY_PORT }) => {
    const parsed = parseBlock(cidr);
    return parsed && overlap(block, parsed) ? [{ block: parsed, allows, ports }] : [];
  });
  const answers = atomsOf(block, entries).map((atom) =>
    isLetThrough(
      entries.filter((entry) => containsBlock(entry.block, atom)),
      asked.ports ?? EVERY_PORT,
    ),
  );
  if (answers.every(Boolean)) return 'whole';
  return answers.some(Boolean) ? 'part' : 'none';
}
