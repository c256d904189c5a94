/**
 * Runs tests for Stryker, in its child process: loads what a mutant's tests need afresh for each mutant (what an earlier
 * one left in memory would be taken for a fault of this one), and runs them until one fails. jest itself would take a
 * second for each of thousands of mutants; the tests are the same.
 */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { bundleTests, type Loader, type TestBundle } from './bundle-tests';
import type { Case } from './cases';
import { testFiles } from './stages';

/** What the broken code reads and writes; the names are Stryker's. */
interface Instruments {
  activeMutant?: string;
  currentTestId?: string;
  mutantCoverage?: unknown;
  hitCount?: number;
  hitLimit?: number;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly sandboxFileName: string;
  /** The tests that reach it; absent: it is reached while files load. */
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

interface Located extends Case {
  /** Over all files. */
  readonly testId: string;
}

const PASSED = 0;
const FAILED = 1;

interface TestResult {
  readonly id: string;
  readonly name: string;
  readonly timeSpentMs: number;
  readonly status: typeof PASSED | typeof FAILED;
  readonly failureMessage?: string;
}

const instruments: Instruments = {};
Object.assign(globalThis, { __stryker__: instruments });

const said = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
const fileOf = (testId: string): string => testId.slice(0, testId.indexOf(' '));

function located(load: Loader, file: string): readonly Located[] {
  return load(file).map((one) => ({ ...one, testId: `${file} ${one.id}` }));
}

async function outcome({ testId, body, after }: Located): Promise<TestResult> {
  const start = performance.now();
  const test = { id: testId, name: testId };
  try {
    await body();
    for (const clean of after) await clean();
    return { ...test, timeSpentMs: performance.now() - start, status: PASSED };
  } catch (error) {
    return { ...test, timeSpentMs: performance.now() - start, status: FAILED, failureMessage: said(error) };
  }
}

async function dryRun({ load }: TestBundle) {
  instruments.mutantCoverage = { static: {}, perTest: {} };
  const loader = load();
  const tests: TestResult[] = [];
  for (const file of testFiles()) {
    for (const one of located(loader, file)) {
      instruments.currentTestId = one.testId;
      tests.push(await outcome(one));
      instruments.currentTestId = undefined;
    }
  }
  return { status: 'complete', tests, mutantCoverage: instruments.mutantCoverage };
}

async function firstFailure({ load, testsOf }: TestBundle, { testFilter, sandboxFileName }: MutantRun) {
  const loader = load();
  const wanted = testFilter && new Set(testFilter);
  const files = new Set(testFilter?.map(fileOf));
  const source = path.relative(process.cwd(), sandboxFileName).split(path.sep).join('/');
  let nrOfTests = 0;
  for (const file of testsOf(source).filter((one) => !wanted || files.has(one))) {
    for (const one of located(loader, file).filter(({ testId }) => !wanted || wanted.has(testId))) {
      nrOfTests += 1;
      const { status, failureMessage = '' } = await outcome(one);
      if (status === FAILED) return { status: 'killed', killedBy: [one.testId], failureMessage, nrOfTests };
    }
  }
  return { status: 'survived', nrOfTests };
}

async function judged(bundle: TestBundle, run: MutantRun) {
  const { hitLimit } = run;
  Object.assign(instruments, { activeMutant: run.activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
  try {
    const result = await firstFailure(bundle, run);
    // a test that waits for an end that never comes fails by it, which tells no more than that
    return hitLimit !== undefined && (instruments.hitCount ?? 0) > hitLimit ? { status: 'timeout' } : result;
  } catch (error) {
    return { status: 'error', errorMessage: said(error) };
  } finally {
    Object.assign(instruments, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
  }
}

function createRunner() {
  let made: Promise<TestBundle> | undefined;
  // in the folder of the broken code, where it is only once this is asked for something
  const bundle = (): Promise<TestBundle> => (made ??= bundleTests(testFiles()));
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    dryRun: async () => dryRun(await bundle()),
    mutantRun: async (run: MutantRun) => judged(await bundle(), run),
  };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createRunner }];
