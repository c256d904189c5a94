import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'coverage']);

/** Every file of the repository, as `lib/rules/rule.ts`. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder || '.', { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

const files = filesBelow('');
const sources = files.filter((file) => /^(lib|functions|infra|scripts|test)\/.*\.[jt]s$/.test(file));

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

describe('names', () => {
  it('say what a file is about', () => {
    const empty =
      /(^|[-./])(utils?|helpers?|common|misc|manager|processor|impl)([-./]|$)|(^|\/)(data|info|do|handle)\./;
    expect(sources.filter((file) => empty.test(file))).toEqual([]);
  });

  it('leave the word handler to Lambda', () => {
    expect(sources.filter((file) => /^lib\/.*handlers?\b/.test(file))).toEqual([]);
  });

  it('are kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    expect(sources.filter((file) => !kebab.test(parse(file).base))).toEqual([]);
  });

  it('leave no room for barrels', () => {
    expect(files.filter((file) => /^index\.[cm]?[jt]sx?$/.test(basename(file)))).toEqual([]);
  });
});

describe('contents', () => {
  const texts = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

  it('know no machine but the reader’s', () => {
    const foreign = /(^|[\s"'`(=:])\/(work|root|Users|home\/\w+|tmp\/wt)\//m;
    expect(texts.filter(({ text }) => foreign.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('come from whatever registry the reader uses', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
    expect(readFileSync('.npmrc', 'utf8')).not.toContain('registry=');
  });
});

describe('package.json', () => {
  /** The scripts a person may count on, and the source that each of them runs. */
  const scripts = {
    build: 'scripts/build.ts',
    demo: 'scripts/demo.ts',
    bench: 'scripts/bench.ts',
    replay: 'scripts/replay.ts',
    'new-rule': 'scripts/new-rule.ts',
    'docs:rules': 'scripts/docs-rules.ts',
    mutation: 'scripts/mutation.ts',
    cli: 'lib/cli/main.ts',
  };

  it.each(Object.entries(scripts))('has the script %s as soon as %s exists', (name, source) => {
    expect(name in manifest.scripts || !existsSync(source)).toBe(true);
  });

  it.each(Object.entries(manifest.scripts))('names only files that exist: %s', (_name, command) => {
    const named = command.match(/\b(lib|scripts|functions|infra)\/[\w./-]+/g) ?? [];
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('checks what a pull request is held to', () => {
    for (const part of ['format:check', 'lint', 'typecheck', 'unused']) {
      expect(manifest.scripts.check).toContain(`npm run -s ${part}`);
    }
    expect(manifest.scripts.check).toMatch(/npm test$/);
  });

  const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

  it('pins every dependency to one version', () => {
    expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('has no dependency without a reason in docs/dependencies.md', () => {
    const reasons = readFileSync(join('docs', 'dependencies.md'), 'utf8');
    expect(pins.filter(([name]) => !reasons.includes(`\`${name}\``)).map(([name]) => name)).toEqual([]);
  });
});

describe('decision records', () => {
  const records = files.filter((file) => file.startsWith('docs/adr/'));

  it.each(records)('%s is dated, has the four parts and fits on a page', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# \d{4} /);
    expect(text).toMatch(/^Date: \d{4}-\d{2}-\d{2}$/m);
    for (const part of ['Context', 'Decision', 'Consequences', 'What would change our mind']) {
      expect(text).toContain(`\n## ${part}\n`);
    }
    expect(text.split('\n').length).toBeLessThanOrEqual(60);
  });

  it('exist', () => {
    expect(records.length).toBeGreaterThanOrEqual(5);
  });
});
