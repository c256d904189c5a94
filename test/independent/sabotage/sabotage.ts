/** Plants one fault after the other in a copy of the deployment; the demo has to fail and to name what is missing. */
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { isMap } from 'yaml';
import { FAULTS, readTemplate, type Deployment, type Fault } from './faults';
import { leftBehind, startDemo, type Ended } from './run-demo';

const DEMOS_AT_ONCE = 2;
const BUILT = path.resolve('dist', 'functions');

interface Printed {
  readonly ok: boolean;
  readonly steps: readonly { readonly name: string; readonly ok: boolean }[];
}

const scriptsIn = async (name: string): Promise<readonly string[]> =>
  (await readdir(path.join(BUILT, name))).filter((file) => file.endsWith('.js'));

/** The template with absolute paths, and a copy of each function, in a folder of their own. */
async function copyDeployment(folder: string): Promise<Deployment> {
  const entries = await readdir(BUILT, { withFileTypes: true });
  const functions = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of functions) {
    await mkdir(path.join(folder, name));
    await Promise.all(
      (await scriptsIn(name)).map((file) => cp(path.join(BUILT, name, file), path.join(folder, name, file))),
    );
  }
  const template = readTemplate(await readFile(path.join('infra', 'template.yaml'), 'utf8'));
  const resources = template.get('Resources');
  if (!isMap(resources)) throw new Error('the template has no Resources');
  for (const { key } of resources.items) {
    const place = ['Resources', String(key), 'Properties', 'CodeUri'];
    const code: unknown = template.getIn(place);
    if (typeof code === 'string') template.setIn(place, path.join(folder, path.basename(code)));
  }
  return {
    template,
    functions,
    editBundle(name, edit) {
      const files = readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file));
      const texts = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
      const changed = texts.filter(({ text }) => edit(text) !== text);
      if (changed.length === 0) throw new Error(`nothing of the bundle of ${name} was changed`);
      for (const { file, text } of changed) writeFileSync(file, edit(text));
    },
  };
}

async function judge(fault: Fault, folder: string): Promise<string | undefined> {
  const deployment = await copyDeployment(folder);
  fault.plant(deployment);
  const file = path.join(folder, 'template.yaml');
  await writeFile(file, deployment.template.toString({ lineWidth: 0 }));
  const running = startDemo(['--json', '--template', file]);
  const { code, stdout, stderr } = await running.ended;
  const left = await leftBehind(running);
  if (left.length > 0) return `it left behind: ${left.join(' | ')}`;
  return verdict(fault, { code, stdout, stderr });
}

/** What is wrong with how the demo ended; `undefined`: it is as the fault asks for. */
function verdict(fault: Fault, { code, stdout, stderr }: Ended): string | undefined {
  if (!stdout.startsWith('{')) return `exit code ${String(code)}, no result:\n${stdout}${stderr}`;
  const { ok, steps } = JSON.parse(stdout) as Printed;
  const missing = steps.filter((step) => !step.ok).map(({ name }) => name);
  const unnamed = fault.missing.filter((name) => !missing.includes(name));
  const others = fault.exact ? missing.filter((name) => !fault.missing.includes(name)) : [];
  const harmless = fault.missing.length === 0;
  const passed = code === 0 && ok && missing.length === 0;
  if (harmless ? passed : code === 1 && !ok && unnamed.length + others.length === 0) return undefined;
  return `exit code ${String(code)}, missing: ${missing.join('; ') || 'nothing'}; not named: ${unnamed.join('; ')}; unexpected: ${others.join('; ')}`;
}

const top = await mkdtemp(path.join(process.env['CI_TEMPORARY'] ?? os.tmpdir(), 'sabotage-'));
const [wanted = ''] = process.argv.slice(2);
const faults = FAULTS.filter(({ name }) => name.includes(wanted));
const problems = await pMap(
  faults,
  async (fault, index) => {
    const folder = path.join(top, String(index));
    await mkdir(folder);
    const problem = await judge(fault, folder);
    say(problem === undefined ? `- ${fault.name}: ${named(fault)}` : `WRONG: ${fault.name}: ${problem}`);
    return problem;
  },
  { concurrency: DEMOS_AT_ONCE },
);
const caught = problems.filter((problem) => problem === undefined).length;
say(`sabotage: ${String(caught)} of ${String(faults.length)} as expected`);
process.exitCode = caught === faults.length && caught > 0 ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function named({ missing }: Fault): string {
  return missing.length === 0 ? 'the demo passes' : `the demo fails and names: ${missing.join('; ')}`;
}
