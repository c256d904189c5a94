/**
 * Writes what rules read and actions write into the statements of infra/template.yaml and the table of docs/iam.md. With
 * `--check` it writes nothing and fails if one of them is not up to date.
 */
import fs from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { parameterReads } from '../lib/permissions/parameter-reads';
import { statementsOf, type Statement } from '../lib/permissions/statements';
import { rules } from '../lib/rules/registry';
import { levelList } from './iam-docs/level-list';
import { statementsByLevel } from './iam-docs/levels';
import { withRegions, type Region } from './iam-docs/regions';
import { statementLines, substituted } from './iam-docs/template-statements';

/** The template's parameter, inside a `!Sub`. */
const inTemplate = substituted('PolicyPrefix');

function templateRegion({ name, indent }: Region): readonly string[] {
  const levels = statementsByLevel({ rules, parameterPrefix: inTemplate });
  const statements: readonly Statement[] | undefined =
    name === 'parameters' ? statementsOf(parameterReads(inTemplate)) : levels.get(name);
  if (!statements) throw new Error(`infra/template.yaml: nothing is generated for ${name}.`);
  return statements.flatMap(statementLines).map((line) => indent + line);
}

const docsRegion = (): readonly string[] => levelList(statementsByLevel({ rules, parameterPrefix: '/ecs-ipv6' }));

const isCheck = process.argv.includes('--check');
const outdated: string[] = [];
for (const [path, region] of [
  ['infra/template.yaml', templateRegion],
  ['docs/iam.md', docsRegion],
] as const) {
  const present = fs.readFileSync(path, 'utf8');
  const wanted = await format(withRegions(present, region), { ...(await resolveConfig(path)), filepath: path });
  if (present === wanted) continue;
  outdated.push(path);
  if (!isCheck) fs.writeFileSync(path, wanted);
}

if (isCheck && outdated.length > 0) {
  console.error(`Not up to date: ${outdated.join(', ')}. Run \`npm run docs:iam\`.`);
  process.exitCode = 1;
} else {
  console.log(outdated.length > 0 ? `Wrote ${outdated.join(', ')}.` : 'The IAM statements are up to date.');
}
