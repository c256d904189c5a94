/** Does by the SDK what an `aws` command says that a finding prints: its text is all that is known of the fix. */
import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as serviceDiscovery from '@aws-sdk/client-servicediscovery';
import * as ssm from '@aws-sdk/client-ssm';
import * as vpcLattice from '@aws-sdk/client-vpc-lattice';
import type { LocalAccount } from '../../infra/local/local-account';
import { clientSettings } from './local-account';
import { parseValue } from './shorthand';

type Input = Record<string, unknown>;

/** Whatever the SDK calls it. */
interface Client {
  send(command: unknown): Promise<unknown>;
  destroy(): void;
}

type Command = new (input: Input) => unknown;

interface Service {
  readonly commands: object;
  readonly client: new (settings: object) => unknown;
}

const services: Readonly<Record<string, Service>> = {
  autoscaling: { commands: autoScaling, client: autoScaling.AutoScalingClient },
  ec2: { commands: ec2, client: ec2.EC2Client },
  ecs: { commands: ecs, client: ecs.ECSClient },
  elb: { commands: elb, client: elb.ElasticLoadBalancingClient },
  elbv2: { commands: elbv2, client: elbv2.ElasticLoadBalancingV2Client },
  servicediscovery: { commands: serviceDiscovery, client: serviceDiscovery.ServiceDiscoveryClient },
  ssm: { commands: ssm, client: ssm.SSMClient },
  'vpc-lattice': { commands: vpcLattice, client: vpcLattice.VPCLatticeClient },
};

/** Options that take several values, even if there is one. */
const LISTS = new Set([
  ...['filter', 'filters', 'instance-ids', 'ip-permissions', 'load-balancer-names', 'service-registries', 'targets'],
  'versions',
]);
/** Flags that say something else than that a member of their name is true. */
const FLAGS: Readonly<Record<string, Input>> = {
  'enable-dns64': { EnableDns64: { Value: true } },
  ingress: { Egress: false },
};
const ABOUT_OUTPUT = new Set(['query', 'output', 'region']);

const pascal = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
/** Services whose members begin with a small letter. */
const SMALL = new Set(['ecs', 'vpc-lattice']);
const memberOf = (service: string, option: string): string =>
  SMALL.has(service) ? pascal(option).replace(/^./, (letter) => letter.toLowerCase()) : pascal(option);

/** A command in place of a word may hold another one. */
const TOKEN = /'([^']*)'|\$\(((?:[^()]|\$\([^()]*\))*)\)|"|(\s+)|([^\s'"$]+|\$)/y;

/** Words of a POSIX shell; each command that stands in them is performed in its place. */
async function wordsOf(account: LocalAccount, line: string): Promise<readonly string[]> {
  const words = [''];
  const add = (text: string): void => void words.push(`${words.pop() ?? ''}${text}`);
  const token = new RegExp(TOKEN);
  for (let found = token.exec(line); found; found = token.exec(line)) {
    const [, quoted, nested, blank, plain] = found;
    if (blank !== undefined) words.push('');
    else add(nested === undefined ? (quoted ?? plain ?? '') : String(await performPrinted(account, nested)));
  }
  return words;
}

interface Parsed {
  readonly service: string;
  readonly operation: string;
  readonly options: ReadonlyMap<string, readonly string[]>;
}

function parse([aws, service = '', operation = '', ...rest]: readonly string[]): Parsed {
  if (aws !== 'aws') throw new Error(`no aws command: ${String(aws)} ${service}`);
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of rest) {
    if (word.startsWith('--')) options.set(word.slice(2), (values = []));
    else values.push(word);
  }
  return { service, operation, options };
}

function inputOf({ service, options }: Parsed): Input {
  const input: Input = {};
  for (const [option, values] of options) {
    if (ABOUT_OUTPUT.has(option)) continue;
    const member = memberOf(service, option);
    const parsed = values.map((value) => parseValue(member, value));
    if (parsed.length === 0) Object.assign(input, FLAGS[option] ?? { [member]: true });
    else input[member] = LISTS.has(option) ? parsed : parsed[0];
  }
  return input;
}

/** The parts of JMESPath that fixes use: `A.B`, `A[0].B` and `A[].B`. */
function select(answer: unknown, query: string): unknown {
  return query.split('.').reduce((values: unknown, step) => {
    const [, name = '', index] = /^(\w+)(?:\[(\d*)\])?$/.exec(step) ?? [];
    const member = (value: unknown): unknown => (value as Input | undefined)?.[name];
    const found: unknown = Array.isArray(values) ? values.map(member) : member(values);
    return index === undefined || index === '' ? found : (found as readonly unknown[] | undefined)?.[Number(index)];
  }, answer);
}

/** Performs the command, and answers with what it prints. @throws Error where it is not known, or refused */
export async function performPrinted(account: LocalAccount, line: string): Promise<unknown> {
  const parsed = parse(await wordsOf(account, line));
  const { commands, client: Client } = services[parsed.service] ?? {};
  const Command = (commands as Readonly<Record<string, Command>> | undefined)?.[`${pascal(parsed.operation)}Command`];
  if (!Client || !Command) throw new Error(`not known: ${line}`);
  const region = parsed.options.get('region')?.[0] ?? account.region;
  const client = new Client({ ...clientSettings(account), region }) as Client;
  try {
    const answer = await client.send(new Command(inputOf(parsed)));
    const query = parsed.options.get('query')?.[0];
    return query === undefined ? answer : select(answer, query);
  } finally {
    client.destroy();
  }
}
