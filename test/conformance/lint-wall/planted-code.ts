import type { PlantedFault } from './planted-fault';

const statements = (count: number): string => 'calls.push(1);\n'.repeat(count);
const withStatements = (count: number): string => `export const calls: number[] = [];\n${statements(count)}`;
const functionOf = (count: number): string => `export function fill(calls: number[]): void {\n${statements(count)}}\n`;
const branches = (count: number): string =>
  `export function rank(text: string): number {\n${Array.from({ length: count }, (_, index) => `if (text === 'w${index}') return ${index};\n`).join('')}return -1;\n}\n`;

/** Faults in the code itself. */
export const plantedCode: readonly PlantedFault[] = [
  {
    wall: 'a file has at most 250 lines',
    file: 'lib/state/long.ts',
    fault: withStatements(250),
    rule: 'max-lines',
    twin: withStatements(249),
  },
  {
    wall: 'a rule has at most 60 lines',
    file: 'lib/rules/long-rule.ts',
    fault: withStatements(60),
    rule: 'max-lines',
    twin: withStatements(59),
  },
  {
    wall: 'a Lambda adapter has at most 40 lines',
    file: 'functions/long.ts',
    fault: withStatements(40),
    rule: 'max-lines',
    twin: withStatements(39),
  },
  {
    wall: 'a function has at most 50 lines',
    file: 'lib/apply/long-function.ts',
    fault: functionOf(49),
    rule: 'max-lines-per-function',
    twin: functionOf(48),
  },
  {
    wall: 'a function branches at most 9 times',
    file: 'lib/apply/branches.ts',
    fault: branches(10),
    rule: 'complexity',
    twin: branches(9),
  },
  {
    wall: 'a function takes at most 3 parameters',
    file: 'lib/apply/parameters.ts',
    fault: 'export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
    rule: 'max-params',
    twin: 'export const sum = (a: number, b: number, c: number): number => a + b + c;\n',
  },
  {
    wall: 'no any',
    file: 'lib/aws/any.ts',
    fault: 'export const keep = (value: any): unknown => value;\n',
    rule: '@typescript-eslint/no-explicit-any',
    twin: 'export const keep = (value: unknown): unknown => value;\n',
  },
  {
    wall: 'no non-null assertion',
    file: 'lib/aws/non-null.ts',
    fault: 'export const first = (names: string[]): string => names[0]!;\n',
    rule: '@typescript-eslint/no-non-null-assertion',
    twin: "export const first = (names: string[]): string => names[0] ?? '';\n",
  },
  {
    wall: 'no `as` outside wire code',
    file: 'lib/policy/assertion.ts',
    fault: 'export const text = (value: unknown): string => value as string;\n',
    rule: '@typescript-eslint/consistent-type-assertions',
    twin: "export const MODES = ['observe', 'tag'] as const;\n",
  },
  {
    wall: 'no promise is left alone',
    file: 'lib/apply/floating.ts',
    fault: 'export function start(run: () => Promise<void>): void {\n  run();\n}\n',
    rule: '@typescript-eslint/no-floating-promises',
    twin: 'export async function start(run: () => Promise<void>): Promise<void> {\n  await run();\n}\n',
  },
  {
    wall: 'a new error names its cause',
    file: 'lib/apply/cause.ts',
    fault:
      "export function run(task: () => void): void {\n  try {\n    task();\n  } catch (error) {\n    throw new Error('failed: ' + String(error));\n  }\n}\n",
    rule: 'preserve-caught-error',
    twin: "export function run(task: () => void): void {\n  try {\n    task();\n  } catch (cause) {\n    throw new Error('failed', { cause });\n  }\n}\n",
  },
  {
    wall: 'nothing is swallowed',
    file: 'lib/apply/swallow.ts',
    fault: 'export function run(task: () => void): void {\n  try {\n    task();\n  } catch {}\n}\n',
    rule: 'no-empty',
    twin: 'export function run(task: () => void): void {\n  task();\n}\n',
  },
  {
    wall: 'no import cycles',
    file: 'lib/report/cycle.ts',
    fault: "import { other } from './cycle-other';\nexport const one = (): number => other();\n",
    rule: 'import-x/no-cycle',
    twin: "import { leaf } from './cycle-leaf';\nexport const one = (): number => leaf();\n",
  },
  {
    wall: 'no star re-exports',
    file: 'lib/report/barrel.ts',
    fault: "export * from './cycle-leaf';\n",
    rule: 'no-restricted-syntax',
    twin: "import { leaf } from './cycle-leaf';\nexport const twice = (): number => 2 * leaf();\n",
  },
  {
    wall: 'no index.ts',
    file: 'lib/report/index.ts',
    fault: 'export const double = (count: number): number => 2 * count;\n',
    rule: 'no-restricted-syntax',
    // the twin's file has a name
    twin: 'export const double = (count: number): number => 2 * count;\n',
  },
  {
    wall: 'no name that says nothing',
    file: 'lib/report/names.ts',
    fault: 'export const handleEvent = (event: string): string => event;\n',
    rule: '@typescript-eslint/naming-convention',
    twin: 'export const handler = (event: string): string => event;\n',
  },
  {
    wall: 'no console outside programs',
    file: 'lib/report/console.ts',
    fault: "console.log('hello');\n",
    rule: 'no-console',
    twin: "process.stderr.write('hello');\n",
  },
  {
    wall: 'a directive says why',
    file: 'lib/report/directive.ts',
    fault: "// eslint-disable-next-line no-console\nconsole.log('hello');\n",
    rule: 'project/directive-reason',
    twin: "// eslint-disable-next-line no-console -- the last words of a process\nconsole.log('hello');\n",
  },
  {
    wall: 'the environment is read in one place',
    file: 'lib/snapshot/environment.ts',
    fault: 'export const region = (): string | undefined => process.env.AWS_REGION;\n',
    rule: 'no-restricted-properties',
    twin: 'export const region = (env: NodeJS.ProcessEnv): string | undefined => env.AWS_REGION;\n',
  },
  {
    wall: 'a pure stage does not wait',
    file: 'lib/plan/wait.ts',
    fault: 'export const later = async (run: () => Promise<number>): Promise<number> => await run();\n',
    rule: 'no-restricted-syntax',
    twin: 'export const later = (run: () => number): number => run();\n',
  },
  {
    wall: 'a pure stage is told the time',
    file: 'lib/evaluate/new-date.ts',
    fault: 'export const today = (): Date => new Date();\n',
    rule: 'no-restricted-syntax',
    twin: 'export const day = (iso: string): Date => new Date(iso);\n',
  },
  {
    wall: 'a pure stage does not read the clock',
    file: 'lib/guard/clock.ts',
    fault: 'export const now = (): number => Date.now();\n',
    rule: 'no-restricted-properties',
    twin: 'export const at = (now: Date): number => now.getTime();\n',
  },
  {
    wall: 'a pure stage has no chance in it',
    file: 'lib/guard/chance.ts',
    fault: 'export const pick = (): number => Math.random();\n',
    rule: 'no-restricted-properties',
    twin: 'export const pick = (random: () => number): number => random();\n',
  },
  {
    wall: 'a pure stage does not know its process',
    file: 'lib/trigger/process.ts',
    fault: 'export const region = (): string | undefined => process.env.AWS_REGION;\n',
    rule: 'no-restricted-globals',
    twin: 'export const region = (event: { readonly region: string }): string => event.region;\n',
  },
  {
    wall: 'no module mocks',
    file: 'test/rules/mock.test.ts',
    fault: "import { jest } from '@jest/globals';\njest.mock('../../lib/aws/list-names');\n",
    rule: 'no-restricted-syntax',
    twin: "import { jest } from '@jest/globals';\njest.restoreAllMocks();\n",
  },
  {
    wall: 'no test runs alone',
    file: 'test/rules/only.test.ts',
    fault: "import { expect, it } from '@jest/globals';\nit.only('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n",
    rule: 'no-restricted-syntax',
    twin: "import { expect, it } from '@jest/globals';\nit('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n",
  },
  {
    wall: 'no test is skipped',
    file: 'test/rules/skip.test.ts',
    fault:
      "import { describe, it } from '@jest/globals';\ndescribe.skip('sums', () => {\n  it('adds', () => 2);\n});\n",
    rule: 'no-restricted-syntax',
    twin: "import { describe, it } from '@jest/globals';\ndescribe('sums', () => {\n  it('adds', () => 2);\n});\n",
  },
];
