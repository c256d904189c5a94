/**
 * Our own assertions on the template as SAM translates it, and whether its roles are still those that were written.
 *
 * Usage: tsx test/independent/template/assert-translated.ts TEMPLATE TRANSLATION...
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isEntries, parseTemplate } from '../../../infra/local/runtime/template/parse-template';
import { assertions } from '../../infra/template/assertions';
import { changedRoles } from './changed-roles';

const [source = '', ...files] = process.argv.slice(2);
const written = parseTemplate(await readFile(source, 'utf8'), source);
const problems: string[] = [];
for (const file of files) {
  const template: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isEntries(template) || !isEntries(template['Resources'])) throw new Error(`${file} is no template`);
  const found = [
    ...assertions.flatMap(({ name, check }) => check(template).map((problem) => `${name}: ${problem}`)),
    ...changedRoles(written, template),
  ];
  problems.push(...found.map((problem) => `${path.basename(file)}: ${problem}`));
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0 || files.length === 0) process.exit(1);
process.stdout.write(
  `- ${assertions.length} assertions of our own, on ${files.length} translations, whose roles are as written\n`,
);
