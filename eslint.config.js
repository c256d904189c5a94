import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { directiveReason } from './scripts/lint/directive-reason.js';
import { importLayers } from './scripts/lint/import-layers.js';
import { PURE_NEIGHBOURS, PURE_STAGES } from './scripts/lint/layers.js';

const pure = [
  ...PURE_STAGES.map((stage) => `lib/${stage}/**/*.ts`),
  ...PURE_NEIGHBOURS.map((module) => `lib/${module}.ts`),
];
const source = ['lib/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts'];

const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

/** `no-restricted-syntax` of a later block replaces that of an earlier one, so each block lists all of its bans. */
const bans = (...lists) => ['error', ...lists.flat()];

const starExports = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines the name.' },
];
const ambience = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'Time is an input of a pure stage.',
  },
  { selector: ':function[async=true]', message: 'A pure stage does not wait: read in snapshot, write in apply.' },
  { selector: 'ClassDeclaration:not([superClass])', message: 'A pure stage needs functions and plain data only.' },
];
const testFaults = [
  {
    selector:
      'CallExpression[callee.object.name="jest"][callee.property.name=/[mM]ock/]:not([callee.property.name=/(restore|clear|reset)AllMocks/])',
    message: 'No module mocks: pass the port in, or run the real SDK against the local account.',
  },
  {
    selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo|failing|skipIf)$/]',
    message: 'Every test runs, always.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]',
    message: 'Every test runs, always.',
  },
];

/** Names that say nothing about what a thing is. */
const emptyNames =
  '^(data|info|utils?|helpers?|common|misc)$|^(do|handle)[A-Z]|(Utils?|Helpers?|Manager|Processor|Impl)$';

export default defineConfig(
  { ignores: ['dist/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'every file',
    plugins: { project: { rules: { 'directive-reason': directiveReason, 'import-layers': importLayers } } },
    rules: {
      'project/directive-reason': 'error',
      'max-lines': lines(250),
      'max-lines-per-function': lines(50),
      complexity: ['error', 10],
      'max-params': ['error', 3],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': 'error',
      'no-case-declarations': 'error',
      'no-constant-condition': 'error',
      'no-control-regex': 'error',
      'no-debugger': 'error',
      'no-loss-of-precision': 'error',
      'no-param-reassign': 'error',
      'no-prototype-builtins': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-assignment': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'preserve-caught-error': ['error', { requireCatchParameter: false }],
    },
  },
  {
    name: 'TypeScript',
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
    },
    rules: {
      'project/import-layers': 'error',
      'import-x/no-cycle': 'error',
      'no-restricted-syntax': bans(starExports),
      // `as` is for parsers and wire code, `as const` for everyone
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports' }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/naming-convention': [
        'error',
        ...['variable', 'function', 'parameter', 'typeLike'].map((selector) => ({
          selector,
          format: null,
          custom: { regex: emptyNames, match: false },
        })),
      ],
    },
  },
  {
    name: 'environment is read in one place',
    files: source,
    ignores: ['lib/environment.ts', 'lib/cli/**', 'infra/local/runtime/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'lib/environment.ts reads the environment.' },
      ],
    },
  },
  {
    name: 'pure stages',
    files: pure,
    rules: {
      'no-restricted-syntax': bans(starExports, ambience),
      'no-restricted-properties': [
        'error',
        ...[
          ['Date', 'now'],
          ['Math', 'random'],
        ].map(([object, property]) => ({ object, property, message: 'Time and chance are inputs of a pure stage.' })),
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'performance', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      ],
    },
  },
  {
    name: 'one rule, one short file',
    files: ['lib/rules/*.ts'],
    // a line for each rule
    ignores: ['lib/rules/registry.ts'],
    rules: { 'max-lines': lines(60) },
  },
  { name: 'Lambda adapters are thin', files: ['functions/*.ts'], rules: { 'max-lines': lines(40) } },
  {
    name: 'wire code turns untyped bytes into types',
    files: ['infra/local/protocol/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  { name: 'programs talk', files: ['lib/cli/**/*.ts', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    name: 'tests',
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': bans(starExports, testFaults),
      // a `describe` holds all its cases; partial answers are made by assertion
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
    },
  },
  {
    name: 'no barrels',
    files: ['**/index.ts'],
    rules: {
      'no-restricted-syntax': bans([
        { selector: 'Program', message: 'No barrels: name the file for what it exports.' },
      ]),
    },
  },
);
