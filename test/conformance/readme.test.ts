import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { rules } from '../../lib/rules/registry';

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/dependencies.md'];
const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('README.md', () => {
  it('can be read in one sitting', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(170);
  });

  it('says of every command that it works', () => {
    const [works = ''] = /What works:[^]*?What does not yet/.exec(readme) ?? [];
    const commands = [...readFileSync('lib/cli/program.ts', 'utf8').matchAll(/\.command\('(\w+)'\)/g)].map(
      ([, name = '']) => name,
    );
    expect(commands).toContain('audit');
    expect(commands.filter((name) => !works.includes(`\`${name}\``))).toEqual([]);
  });

  it('shows policies that are valid', () => {
    const policies = [...readme.matchAll(/```yaml\n(version: [^]*?)```/g)].map(([, text = '']) => text);
    expect(policies).not.toEqual([]);
    for (const text of policies) expect(parsePolicy([{ place: 'README.md', text }], rules).problems).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
