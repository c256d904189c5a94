/**
 * Stands for `@jest/globals` while mutants are judged: keeps the tests of a file as a list, so that those that reach a
 * mutant can run alone. It has what tests of pure code ask for; a test that asks for more does not load.
 */

type Body = (...args: readonly unknown[]) => unknown;

export interface Case {
  /** Unique in its file, and the same each time. */
  readonly id: string;
  readonly body: () => unknown;
  /** What to do after it. */
  readonly after: readonly Body[];
}

interface Register {
  (name: string, body: Body): void;
  each(rows: readonly unknown[]): (name: string, body: Body) => void;
}

/** As jest does: a row that is a list is the arguments, any other is the one argument. */
function withRows(register: (name: string, body: Body) => void): Register {
  const each = (rows: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of rows) {
      const args: readonly unknown[] = Array.isArray(row) ? row : [row];
      register(name, () => body(...args));
    }
  };
  return Object.assign(register, { each });
}

let collected: Case[] = [];
let titles: readonly string[] = [];
let cleaning: readonly Body[] = [];

export const it = withRows((name, body) => {
  collected.push({ id: [...titles, name, collected.length].join(' '), body, after: cleaning });
});

export const describe = withRows((name, body) => {
  const outer = { titles, cleaning };
  titles = [...titles, name];
  body();
  ({ titles, cleaning } = outer);
});

export function afterEach(body: Body): void {
  cleaning = [...cleaning, body];
}

/** The tests that loading a file brings. */
export function casesOf(load: () => unknown): readonly Case[] {
  collected = [];
  cleaning = [];
  load();
  return collected;
}
