/**
 * Our own assertions on the template as SAM translates it.
 *
 * Usage: tsx test/independent/template/assert-translated.ts FILE...
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isEntries } from '../../../infra/local/runtime/template/parse-template';
import { assertions } from '../../infra/template/assertions';

const files = process.argv.slice(2);
const problems: string[] = [];
for (const file of files) {
  const template: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isEntries(template) || !isEntries(template['Resources'])) throw new Error(`${file} is no template`);
  for (const { name, check } of assertions) {
    problems.push(...check(template).map((problem) => `${path.basename(file)}: ${name}: ${problem}`));
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0 || files.length === 0) process.exit(1);
process.stdout.write(`- ${assertions.length} assertions of our own, on ${files.length} translations\n`);
