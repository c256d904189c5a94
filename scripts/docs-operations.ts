/**
 * Writes the list of operations that the local account has into docs/local-account-operations.md. With `--check` it
 * writes nothing and fails if the list is not up to date.
 */
import fs from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { elb } from '../infra/local/services/elb/elb';
import { dynamodb } from '../infra/local/services/dynamodb/dynamodb';
import { services } from '../infra/local/services';
import type { ServiceDefinition } from '../infra/local/kernel/operation';

const PAGE = 'docs/local-account-operations.md';

const operationsOf = ({ operations, forwarding }: ServiceDefinition): readonly string[] =>
  [...new Set([...Object.keys(operations), ...(forwarding?.operations ?? [])])].sort();

function section(service: ServiceDefinition): string {
  const names = operationsOf(service);
  const note = service === dynamodb ? ' Items and tables are served by dynalite.' : '';
  const title = service === elb ? `${service.iamPrefix} (Classic Load Balancers)` : service.iamPrefix;
  return `## ${title}\n\n${String(names.length)} operations.${note}\n\n${names.map((name) => `\`${name}\``).join(' ')}\n`;
}

const count = services.reduce((sum, service) => sum + operationsOf(service).length, 0);
const text = `<!-- Written by \`npm run docs:operations\`. -->

# Operations of the local account

${String(count)} operations of ${String(services.length)} services, by the prefix of their IAM actions. Every other operation is answered with 501 and its name.
What each service simulates, and what not, stands in [The local account](local-account.md).

${services.map(section).join('\n')}`;

const wanted = await format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE });
const present = fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '';
if (process.argv.includes('--check') && wanted !== present) {
  console.error(`Not up to date: ${PAGE}. Run \`npm run docs:operations\`.`);
  process.exitCode = 1;
} else {
  fs.writeFileSync(PAGE, wanted);
  console.log(`${PAGE}: ${String(count)} operations.`);
}
