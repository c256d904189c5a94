/** ESM-only packages that swc has to turn into CommonJS for jest. */
const esmOnly = ['@middy', 'p-map', 'listr2', 'valibot'].join('|');

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
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  randomize: true,
  restoreMocks: true,
  setupFiles: ['<rootDir>/test/support/setup.ts'],
};
