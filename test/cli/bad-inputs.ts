/** What people get wrong, and what they are told. */
export type Environment = Readonly<Record<string, string>>;

export const region: Environment = { AWS_REGION: 'eu-west-2' };
export const credentials: Environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** Lie in the folder in which everything is tried. */
export const FILES = {
  'key.yaml': 'version: 1\nmoed: observe\nscopes:\n  - { name: all, posture: any }\n',
  'date.yaml':
    'version: 1\nscopes:\n  - { name: all, posture: any }\nexemptions:\n' +
    '  - { rule: task-without-ipv6, resource: "*", reason: old, owner: me, until: 31.12.2026 }\n',
  'empty.yaml': '',
  'binary.yaml': '\0\x01\x02',
  'garbage.json': '{"a":1',
  'broken.yaml': 'version: 1\nscopes: [\n',
  'other.yaml': 'Resources: {}\n',
  'weather.yaml': 'version: 1\ncals: []\n',
};
export const FOLDER = 'folder.yaml';

export interface BadInput {
  readonly name: string;
  readonly args: readonly string[];
  /** With region, credentials and an account unless it says otherwise. */
  readonly environment?: Environment;
  /** What the message says; the first part is where it begins. */
  readonly says: RegExp;
}

export const inputs: readonly BadInput[] = [
  {
    name: 'no credentials',
    args: ['audit'],
    environment: region,
    says: /^ecs-ipv6: AWS credentials: .*set AWS_PROFILE/,
  },
  {
    name: 'no region',
    args: ['audit'],
    environment: credentials,
    says: /^ecs-ipv6: no region: set AWS_REGION, or add --region$/,
  },
  {
    name: 'unreachable endpoint',
    args: ['audit'],
    environment: { ...region, ...credentials, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    says: /^ecs-ipv6: cannot reach AWS_ENDPOINT_URL http:\/\/127\.0\.0\.1:1: .*check the endpoint/,
  },
  {
    name: 'policy with an unknown key',
    args: ['audit', '--policy', 'key.yaml'],
    says: /key\.yaml:2:1: moed unknown key "moed" \(did you mean mode\?\); allowed here: version, mode/,
  },
  {
    name: 'policy with a malformed date',
    args: ['audit', '--policy', 'date.yaml'],
    says: /date\.yaml:5:71: exemptions\[0\]\.until must be a day, written YYYY-MM-DD/,
  },
  {
    name: 'policy that is no YAML',
    args: ['reconcile', '--policy', 'broken.yaml'],
    says: /broken\.yaml:3:1: Flow sequence .* end with a \]$/,
  },
  {
    name: 'policy file that is not there',
    args: ['audit', '--policy', 'none.yaml'],
    says: /^ecs-ipv6: --policy .*none\.yaml: is not there; check its name/,
  },
  { name: 'unknown flag', args: ['audit', '--fast'], says: /^error: unknown option '--fast'/ },
  { name: 'unknown command', args: ['adit'], says: /^error: unknown command 'adit'/ },
  {
    name: 'unknown rule',
    args: ['audit', '--rule', 'no-such-rule'],
    says: /'no-such-rule' is invalid\. The rules are .*task-without-ipv6/,
  },
  {
    name: 'instance that is none',
    args: ['audit', '--instance', 'web-1'],
    says: /^ecs-ipv6: instance web-1: name an EC2 instance id such as i-/,
  },
  {
    name: 'service without its cluster',
    args: ['audit', '--service', 'web'],
    says: /^ecs-ipv6: service web: write cluster\/name, its ARN, or add --cluster/,
  },
  { name: 'empty policy', args: ['audit', '--policy', 'empty.yaml'], says: /empty\.yaml:1:1: must be a map that/ },
  {
    name: 'binary policy',
    args: ['reconcile', '--policy', 'binary.yaml'],
    says: /^ecs-ipv6: --policy .*binary\.yaml: is no text file/,
  },
  {
    name: 'format that there is not',
    args: ['audit', '--format', 'nonsense'],
    says: /'nonsense' is invalid\. Allowed choices are table, json/,
  },
  {
    name: 'state that is garbage',
    args: ['reconcile', '--state', 'garbage.json'],
    says: /garbage\.json is no state file of ecs-ipv6; name another with --state/,
  },
  {
    name: 'state below a file',
    args: ['reconcile', '--state', 'garbage.json/state.json'],
    says: /^ecs-ipv6: cannot make the folder .*garbage\.json of the state file; name another/,
  },
  {
    name: 'state without a table',
    args: ['reconcile', '--state', 'dynamodb:'],
    says: /^ecs-ipv6: --state: name a file/,
  },
  {
    name: 'output into nowhere',
    args: ['reconcile', '--output', 'nowhere.json/x.json'],
    says: /^ecs-ipv6: --output .*: the folder .* is not there/,
  },
  {
    name: 'function that there is not',
    args: ['invoke', '--function', 'none'],
    says: /^ecs-ipv6: Function not found/,
  },
  {
    name: 'port that is none',
    args: ['local', '--port', ''],
    says: /^error: option '--port <number>' argument '' is invalid\. A number from 0 to 65535/,
  },
  { name: 'output without a name', args: ['audit', '--output', ''], says: /^ecs-ipv6: --output: name a file/ },
  { name: 'policy without a name', args: ['audit', '--policy', ''], says: /^ecs-ipv6: --policy: name a file/ },
  {
    name: 'endpoint that is no URL',
    args: ['audit'],
    environment: { ...region, ...credentials, AWS_ENDPOINT_URL: 'localhost' },
    says: /^ecs-ipv6: AWS_ENDPOINT_URL: localhost is no URL; write one such as http/,
  },
  {
    name: 'cluster that is not there',
    args: ['audit', '--cluster', 'prdo'],
    says: /^ecs-ipv6: --cluster prdo: nothing of that name runs in account \d+, eu-west-2; check the name/,
  },
  {
    name: 'service that is not there',
    args: ['reconcile', '--state', 'memory', '--cluster', 'prdo', '--service', 'web'],
    says: /^ecs-ipv6: --cluster prdo --service web: nothing of that name/,
  },
  { name: 'unknown flag of demo', args: ['demo', '--fast'], says: /^error: unknown option '--fast'/ },
  {
    name: 'policy that is a folder',
    args: ['audit', '--policy', FOLDER],
    says: /^ecs-ipv6: --policy .*folder\.yaml: is a folder; name a file/,
  },
  {
    name: 'region that is none',
    args: ['audit', '--region', 'nowhere'],
    says: /^error: option '--region <region>' argument 'nowhere' is invalid\. Name a region such as eu-west-2/,
  },
  {
    name: 'zone for a region, after one that is well',
    args: ['reconcile', '--region', 'eu-west-2', '--region', 'eu-west-2a'],
    says: /^error: option '--region <region>' argument 'eu-west-2a' is invalid/,
  },
  {
    name: 'region that is none, to ask a function in',
    args: ['invoke', '--function', 'none', '--region', 'nowhere'],
    says: /^error: option '--region <region>' argument 'nowhere' is invalid/,
  },
  {
    name: 'region of the environment that is none',
    args: ['audit'],
    environment: { ...region, ...credentials, AWS_REGION: 'Ireland' },
    says: /^ecs-ipv6: "Ireland" is no region: set AWS_REGION, or add --region/,
  },
  {
    name: 'region of the environment that no host could have',
    args: ['audit'],
    environment: { ...region, ...credentials, AWS_REGION: 'eu west' },
    says: /^ecs-ipv6: Region not accepted: region="eu west".* Set AWS_REGION to a name such as/,
  },
  {
    name: 'table that is not there',
    args: ['reconcile', '--state', 'dynamodb:none'],
    says: /^ecs-ipv6: --state dynamodb:none: account \d+, region eu-west-2 has no such state table .*StateTableName/,
  },
  {
    name: 'state that is a folder',
    args: ['reconcile', '--state', FOLDER],
    says: /^ecs-ipv6: .*folder\.yaml is a folder; name a file with --state/,
  },
  {
    name: 'output that is a folder',
    args: ['audit', '--output', FOLDER],
    says: /^ecs-ipv6: --output .*folder\.yaml: is a folder; name a file/,
  },
  { name: 'function without a name', args: ['invoke'], says: /^ecs-ipv6: name the deployed function with --function/ },
  {
    name: 'template that is not there',
    args: ['demo', '--template', 'none.yaml'],
    says: /^ecs-ipv6: --template .*none\.yaml: is not there; check its name/,
  },
  {
    name: 'template that is empty',
    args: ['demo', '--template', 'empty.yaml'],
    says: /^ecs-ipv6: --template .*empty\.yaml: it has no Resources/,
  },
  {
    name: 'template that is no text',
    args: ['demo', '--template', 'binary.yaml', '--json'],
    says: /^ecs-ipv6: --template .*binary\.yaml: is no text file/,
  },
  {
    name: 'template that is no YAML',
    args: ['demo', '--template', 'broken.yaml'],
    says: /^ecs-ipv6: --template .*broken\.yaml:\d+: /,
  },
  {
    name: 'template of something else',
    args: ['demo', '--template', 'other.yaml', '--json'],
    says: /^ecs-ipv6: --template .*other\.yaml: the template has no parameter Permissions/,
  },
  {
    name: 'weather that is not there',
    args: ['local', '--weather', 'none.yaml'],
    says: /^ecs-ipv6: --weather .*none\.yaml: is not there/,
  },
  {
    name: 'weather that is a folder',
    args: ['local', '--weather', FOLDER],
    says: /^ecs-ipv6: --weather .*folder\.yaml: is a folder/,
  },
  {
    name: 'weather that is empty',
    args: ['local', '--weather', 'empty.yaml'],
    says: /^ecs-ipv6: weather .*empty\.yaml(:\d+)?: must be a map/,
  },
  {
    name: 'weather that is no text',
    args: ['local', '--weather', 'binary.yaml'],
    says: /^ecs-ipv6: --weather .*binary\.yaml: is no text file/,
  },
  {
    name: 'weather with an unknown key',
    args: ['local', '--weather', 'weather.yaml'],
    says: /^ecs-ipv6: weather .*weather\.yaml:2: cals is no key of a weather file/,
  },
  {
    name: 'seed that there is not',
    args: ['local', '--seed', 'huge'],
    says: /'huge' is invalid\. Allowed choices are empty/,
  },
  {
    name: 'state file in use',
    args: ['reconcile', '--state', 'used.json'],
    says: /^ecs-ipv6: the state file .*used\.json is in use by another run; .*--state/,
  },
];
