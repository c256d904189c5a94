import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse, stringify } from 'yaml';
import type { MutatedFiles, Mutant } from './stryker';

export const LIST = 'docs/mutation-survivors.yaml';

/** Longer code is told by its beginning. */
const LONGEST = 100;

const listSchema = v.array(
  v.strictObject({
    why: v.pipe(v.string(), v.minLength(20)),
    mutants: v.record(v.string(), v.pipe(v.array(v.string()), v.minLength(1))),
  }),
);

/** Mutants by source file, each as `what stood there => what was put in its place`. */
type ByFile = ReadonlyMap<string, readonly string[]>;

export interface Comparison {
  /** Survived, and nobody says why. */
  readonly unexplained: ByFile;
  /** Explained, and not there any more, or noticed by now. */
  readonly outdated: ByFile;
}

const isSurvivor = ({ status }: Mutant): boolean => status === 'Survived' || status === 'NoCoverage';

function brief(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function between(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join('\n');
}

function nameOf(source: string, { location, replacement = '' }: Mutant): string {
  return `${brief(between(source, location))} => ${brief(replacement)}`;
}

function survivorsOf(files: MutatedFiles): ByFile {
  return new Map(
    Object.entries(files).map(([file, { source, mutants }]) => [
      file,
      mutants.filter(isSurvivor).map((mutant) => nameOf(source, mutant)),
    ]),
  );
}

function explained(files: MutatedFiles): ByFile {
  const byFile = new Map<string, string[]>();
  for (const { mutants } of v.parse(listSchema, parse(readFileSync(LIST, 'utf8')))) {
    for (const [file, names] of Object.entries(mutants)) byFile.set(file, [...(byFile.get(file) ?? []), ...names]);
  }
  return new Map([...byFile].filter(([file]) => file in files));
}

function without(these: ByFile, those: ByFile): ByFile {
  const rest = new Map<string, readonly string[]>();
  for (const [file, names] of these) {
    const known = new Set(those.get(file));
    const left = [...new Set(names)].filter((name) => !known.has(name));
    if (left.length > 0) rest.set(file, left);
  }
  return rest;
}

/** Who survived, against the list of those whose reason is known; files that were not broken are not compared. */
export function compareSurvivors(files: MutatedFiles): Comparison {
  const survivors = survivorsOf(files);
  const listed = explained(files);
  return { unexplained: without(survivors, listed), outdated: without(listed, survivors) };
}

/** As the list has it. */
export function listText(byFile: ByFile): string {
  return stringify([{ why: '', mutants: Object.fromEntries(byFile) }], { lineWidth: 0, singleQuote: true });
}
