/**
 * Writes what rules say of themselves into their pages (docs/rules) and the tables of rules, the page of the dated facts
 * that they rest on, and the JSON Schema of the policy. With `--check` it writes nothing and fails if one of them is not
 * up to date.
 */
import fs from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { facts } from '../lib/facts/registry';
import { policyJsonSchema } from '../lib/policy/policy-json-schema';
import { rules } from '../lib/rules/registry';
import { factsPage } from './rule-docs/facts';
import { rulePages } from './rule-docs/pages';

function read(path: string): string | undefined {
  return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : undefined;
}

const isCheck = process.argv.includes('--check');
const outdated: string[] = [];
const pages = [
  ...rulePages(rules, read),
  ['docs/facts.md', factsPage(facts, rules)] as const,
  ['infra/policies/policy.schema.json', JSON.stringify(policyJsonSchema(rules))] as const,
];
for (const [path, text] of pages) {
  const wanted = await format(text, { ...(await resolveConfig(path)), filepath: path });
  if (read(path) === wanted) continue;
  outdated.push(path);
  if (!isCheck) fs.writeFileSync(path, wanted);
}

if (isCheck && outdated.length > 0) {
  console.error(`Not up to date: ${outdated.join(', ')}. Run \`npm run docs:rules\`.`);
  process.exitCode = 1;
} else {
  console.log(
    outdated.length > 0
      ? `Wrote ${outdated.join(', ')}.`
      : 'The pages of rules and facts and the schema of the policy are up to date.',
  );
}
