/** A third of a word may be mistyped before another word is no longer what was meant. */
const TYPING_SHARE = 1 / 3;

const mistakes = (name: string): number => Math.max(1, Math.floor(name.length * TYPING_SHARE));

/** How many letters to insert, drop, replace or swap with their neighbour to get from one word to the other. */
function distance(from: string, to: string): number {
  const table: number[][] = [];
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity;
  const cheapest = (row: number, column: number): number => {
    const isSame = from[row - 1] === to[column - 1];
    const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    return Math.min(
      at(row - 1, column) + 1,
      at(row, column - 1) + 1,
      at(row - 1, column - 1) + (isSame ? 0 : 1),
      at(row - 2, column - 2) + (isSwapped ? 1 : Infinity),
    );
  };
  for (let row = 0; row <= from.length; row++) {
    const current = (table[row] = [row]);
    for (let column = 1; column <= to.length; column++) current.push(cheapest(row, column));
  }
  return at(from.length, to.length);
}

/** The allowed name that was probably meant; undefined if none is near. */
export function nearestName(written: string, allowed: readonly string[]): string | undefined {
  const isAsLong = (name: string): boolean => Math.abs(name.length - written.length) <= mistakes(name);
  const near = allowed
    .filter(isAsLong)
    .map((name) => ({ name, edits: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= mistakes(name))
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.name;
}

/** ` (did you mean mode?)`, or nothing. */
export function didYouMean(written: string, allowed: readonly string[]): string {
  const name = nearestName(written, allowed);
  return name === undefined ? '' : ` (did you mean ${name}?)`;
}
