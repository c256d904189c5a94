/**
 * `npm run build`: functions/<name>.ts -> dist/functions/<name>/index.js, lib/cli/main.ts -> dist/cli.cjs. What the
 * program starts as a process of its own lies beside it: dist/bootstrap.cjs.
 */
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { type Bundle, bundleFunctions, bundleProgram } from './bundle/bundle';
import { writeChanged } from './bundle/write-changed';

const FUNCTIONS = 'functions';
const FUNCTIONS_OUT = join('dist', 'functions');
const PROGRAM = join('lib', 'cli', 'main.ts');
const PROGRAM_OUT = join('dist', 'cli.cjs');
const BOOTSTRAP = join('infra', 'local', 'runtime', 'functions', 'bootstrap.cjs');
const BOOTSTRAP_OUT = join('dist', 'bootstrap.cjs');
const RULE_PAGES = join('docs', 'rules');
/** Shared by the functions, no function itself. */
const MIDDLEWARE = 'middleware';

async function functionNames(): Promise<readonly string[]> {
  if (!existsSync(FUNCTIONS)) return [];
  const files = (await readdir(FUNCTIONS)).filter((file) => file.endsWith('.ts'));
  return files.map((file) => parse(file).name).filter((name) => name !== MIDDLEWARE);
}

/**
 * The repository says `"type": "module"`; in here a bundle is CommonJS, as it is wherever nothing is said. It lies above
 * the folders that are deployed: `sam build` would take one inside for a package and run npm on it.
 */
const MODULE_TYPE: Bundle = {
  path: join(FUNCTIONS_OUT, 'package.json'),
  contents: Buffer.from('{ "type": "commonjs" }\n'),
};

async function buildFunctions(): Promise<number> {
  const names = await functionNames();
  const entries = Object.fromEntries(names.map((name) => [`${name}/index`, join(FUNCTIONS, `${name}.ts`)]));
  const bundles = names.length > 0 ? await bundleFunctions(entries, FUNCTIONS_OUT) : [];
  await removeOthers(new Set(bundles.map(({ path }) => path)));
  return await writeChanged([...bundles, MODULE_TYPE]);
}

async function removeStale(): Promise<void> {
  if (!existsSync(FUNCTIONS_OUT)) return;
  const current = new Set(await functionNames());
  const folders = (await readdir(FUNCTIONS_OUT, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const stale = folders.filter(({ name }) => !current.has(name));
  await Promise.all(stale.map(({ name }) => rm(join(FUNCTIONS_OUT, name), { recursive: true })));
}

/** What a build of another version left in a folder would be deployed with it. */
async function removeOthers(built: ReadonlySet<string>): Promise<void> {
  const folders = new Set([...built].map((file) => dirname(file)).filter((folder) => existsSync(folder)));
  for (const folder of folders) {
    const files = (await readdir(folder)).map((name) => join(folder, name));
    // drafts are those of another build that is at work
    const others = files.filter((file) => !built.has(file) && !file.endsWith('.draft'));
    await Promise.all(others.map((file) => rm(file, { recursive: true, force: true })));
  }
}

/** `explain` shows them wherever the program lies. */
async function rulePages(): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(RULE_PAGES)).filter((file) => file.endsWith('.md')).sort();
  const pages = files.map(async (file) => [parse(file).name, await readFile(join(RULE_PAGES, file), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pages));
}

async function buildProgram(): Promise<number> {
  if (!existsSync(PROGRAM)) return 0;
  const bootstrap = { path: BOOTSTRAP_OUT, contents: await readFile(BOOTSTRAP) };
  const program = await bundleProgram(PROGRAM, PROGRAM_OUT, { RULE_PAGES: await rulePages() });
  const written = await writeChanged([...program, bootstrap]);
  await chmod(PROGRAM_OUT, 0o755);
  return written;
}

const startedAt = performance.now();
await removeStale();
const written = (await buildFunctions()) + (await buildProgram());
console.error(`built in ${Math.round(performance.now() - startedAt)} ms, ${written} files changed`);
