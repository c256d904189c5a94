import base from './jest.config.js';

/** What decides and never does, and what reads the policy's text. */
const stages = ['trigger', 'rules', 'evaluate', 'plan', 'guard', 'facts', 'explain', 'permissions'];
const parsing = ['document', 'merge-parts', 'mode', 'parse-policy', 'rule-schema', 'schema', 'without-effect'];
const sources = [...stages.map((stage) => `lib/${stage}/**/*.ts`), ...parsing.map((file) => `lib/policy/${file}.ts`)];

/** `npm run coverage`: every branch of the pure stages is taken by a test of its own stage, without chance. */
export default {
  ...base,
  testMatch: [...stages, 'policy'].map((stage) => `<rootDir>/test/${stage}/**/*.test.ts`),
  testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.property\\.test\\.ts$', '/properties\\.test\\.ts$'],
  collectCoverage: true,
  collectCoverageFrom: sources,
  coverageReporters: ['text-summary', ['text', { skipFull: true }]],
  coverageThreshold: Object.fromEntries(sources.map((glob) => [glob, { branches: 100 }])),
};
