/** Writes what a new rule consists of: rule, test, lines of registry and applicability, page. `npm run new-rule -- <resource>-<what-is-wrong>` */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { withRow } from './new-rule/applicability-text';
import { withRule } from './new-rule/registry-text';
import { ruleSource, testSource } from './new-rule/skeleton';

const REGISTRY = 'lib/rules/registry.ts';
const APPLICABILITY = 'lib/rules/applicability/table.ts';
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

function create(path: string, text: string): void {
  // `wx`: a file that is there is somebody's work
  fs.writeFileSync(path, text, { flag: 'wx' });
  console.log(`Wrote ${path}.`);
}

function createRule(id: string, registry: string): void {
  create(`lib/rules/${id}.ts`, ruleSource(id));
  create(`test/rules/${id}.test.ts`, testSource(id));
  fs.writeFileSync(REGISTRY, registry);
  fs.writeFileSync(APPLICABILITY, withRow(fs.readFileSync(APPLICABILITY, 'utf8'), id));
  spawnSync('npm', ['run', '-s', 'docs:rules'], { stdio: 'inherit' });
  console.log(`Next: write the check and its cases, say where it applies in ${APPLICABILITY}, add the id to`);
  console.log(
    `test/conformance/permanent-rule-ids.ts and a row to lib/explain/order.ts, write docs/rules/${id}.md below its`,
  );
  console.log('header, and break the rule once in infra/local/seed/demo. CONTRIBUTING.md says how.');
}

function refuse(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

const [id = ''] = process.argv.slice(2);
const registry = withRule(fs.readFileSync(REGISTRY, 'utf8'), id);
if (!ID.test(id)) {
  refuse('Name the rule by resource and fault, in lower case: npm run new-rule -- subnet-without-ipv6-route');
} else if (registry === undefined) {
  refuse(`${REGISTRY} has the rule ${id} already.`);
} else {
  createRule(id, registry);
}
