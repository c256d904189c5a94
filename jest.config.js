/** Packages without a CommonJS build, and those that they pull in: swc compiles them like our own sources. */
const esmOnly = [
  '@middy',
  'ansi-escapes',
  'ansi-regex',
  'ansi-styles',
  'cli-cursor',
  'cli-truncate',
  'environment',
  'get-east-asian-width',
  'is-fullwidth-code-point',
  'listr2',
  'log-update',
  'mimic-function',
  'onetime',
  'p-map',
  'restore-cursor',
  'slice-ansi',
  'string-width',
  'strip-ansi',
  'valibot',
  'wrap-ansi',
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/independent/'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // both cores of a small machine; a worker that has grown is replaced, as jest keeps what each file has loaded
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  // prints its seed; `npx jest --seed N` repeats the order
  randomize: true,
  restoreMocks: true,
  // a test that hangs fails; one that shares a busy machine with others does not
  testTimeout: 60_000,
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  // `npx jest --coverage`: which branches of the pure stages no test takes
  coverageProvider: 'v8',
  collectCoverageFrom: ['lib/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts', 'scripts/**/*.ts'],
};
