/** The two policies that `policy diff` compares: each from files, or what is deployed. */
import { UsageError } from '../failure';
import type { SeedOptions } from '../seed';
import { withLocal } from '../with-local';
import { readDeployed, readFiles, STDIN, type NamedPolicy } from './read-policy';

/** Where what is deployed is read. */
export interface WhereOptions extends SeedOptions {
  readonly region?: string;
  readonly local: boolean;
}

/** As written: one or two files, or the files of either side. */
export interface NamedSides {
  readonly file?: string;
  readonly other?: string;
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

export interface Sides<Side> {
  readonly before: Side;
  readonly after: Side;
}

const NOTHING_NAMED = 'name what to compare: FILE, FILE and OTHER, or --from and --to with the files of a side';

/** Files of each side; undefined: what is deployed. */
function filesOf({ file, other, from, to }: NamedSides): Sides<readonly string[] | undefined> {
  if (from || to) {
    if (file === undefined) return { before: from, after: to };
    throw new UsageError(`${file}: name files by --from and --to, or without either, not both`);
  }
  if (file === undefined) throw new UsageError(NOTHING_NAMED);
  return other === undefined ? { before: undefined, after: [file] } : { before: [file], after: [other] };
}

/** Of what would have no effect, or could not be had twice. */
function refuse({ before, after }: Sides<readonly string[] | undefined>, { region, local }: WhereOptions): void {
  if (!before || !after) return;
  if (before.includes(STDIN) && after.includes(STDIN)) {
    throw new UsageError('-: stdin can be read for one of the two only');
  }
  const option = local ? '--local' : region === undefined ? undefined : '--region';
  if (option) throw new UsageError(`${option}: has no effect, since both sides are files; leave it out`);
}

/** @throws UsageError with what is to be written instead, or with every fault of a policy */
export async function readSides(options: NamedSides & WhereOptions): Promise<Sides<NamedPolicy>> {
  const files = filesOf(options);
  refuse(files, options);
  // files first: a fault of theirs is told before an account is looked at
  const named = {
    before: files.before && (await readFiles(files.before)),
    after: files.after && (await readFiles(files.after)),
  };
  const deployed = () => readDeployed(options.region);
  return await withLocal(options, async () => ({
    before: named.before ?? (await deployed()),
    after: named.after ?? (await deployed()),
  }));
}
