import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The stages whose code is broken: folders of `lib`, and of `test`. */
export const STAGES = ['rules', 'evaluate', 'facts', 'plan', 'guard'] as const;

/** What holds for every rule and fact, and what a policy may say of facts. */
const ELSEWHERE = ['test/conformance/rules.test.ts', 'test/policy/fact-schema.test.ts'];

/** Random worlds: what they notice is chance. */
const BY_CHANCE = /[./]propert(y|ies)\.test\.ts$/;

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .sort();
}

/** The tests that count, whichever stage is broken. */
export function testFiles(): readonly string[] {
  const files = STAGES.flatMap((stage) => filesUnder(`test/${stage}`));
  return [...ELSEWHERE, ...files.filter((file) => file.endsWith('.test.ts') && !BY_CHANCE.test(file))];
}

/** The sources whose path below `lib` begins like one of these, e.g. `rules/instance`; all for none. */
export function sourceFiles(beginnings: readonly string[]): readonly string[] {
  const files = STAGES.flatMap((stage) => filesUnder(`lib/${stage}`));
  return beginnings.length === 0
    ? files
    : files.filter((file) => beginnings.some((begin) => file.startsWith(`lib/${begin}`)));
}
