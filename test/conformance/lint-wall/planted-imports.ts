import type { PlantedFault } from './planted-fault';

const pureFunction = 'export function double(count: number): number {\n  return 2 * count;\n}\n';

/** Faults in who imports whom. */
export const plantedImports: readonly PlantedFault[] = [
  {
    wall: 'a pure stage uses no Node module',
    file: 'lib/rules/node-module.ts',
    fault: "import { hostname } from 'node:os';\nexport const host = (): string => hostname();\n",
    rule: 'project/import-layers',
    twin: pureFunction,
  },
  {
    wall: 'a pure stage knows no SDK, not even its types',
    file: 'lib/rules/sdk-type.ts',
    fault:
      "import type { Task } from '@aws-sdk/client-ecs';\nexport const arn = (task: Task): unknown => task.taskArn;\n",
    rule: 'project/import-layers',
    twin: pureFunction,
  },
  {
    wall: 'a pure stage calls no AWS port',
    file: 'lib/rules/port.ts',
    fault: "import { listNames } from '../aws/list-names';\nexport const names = (): unknown => listNames();\n",
    rule: 'project/import-layers',
    twin: pureFunction,
  },
  {
    wall: 'a pure stage takes types of a snapshot, not its code',
    file: 'lib/evaluate/collector.ts',
    fault: "import { collect } from '../snapshot/collect';\nexport const read = (): unknown => collect();\n",
    rule: 'project/import-layers',
    twin: "import type { Collected } from '../snapshot/collect';\nexport const count = (all: Collected): number => all.count;\n",
  },
  {
    wall: 'what pure stages may call is pure itself',
    file: 'lib/snapshot/ownership.ts',
    fault: "import { collect } from './collect';\nexport const read = (): unknown => collect();\n",
    rule: 'project/import-layers',
    twin: "import { collect } from './collect';\nexport const read = (): unknown => collect();\n",
  },
  {
    wall: 'the SDK is used in lib/aws and the composition only',
    file: 'lib/snapshot/client.ts',
    fault: "import { ECSClient } from '@aws-sdk/client-ecs';\nexport const client = (): object => new ECSClient({});\n",
    rule: 'project/import-layers',
    twin: "import type { Task } from '@aws-sdk/client-ecs';\nexport const arn = (task: Task): string => task.taskArn ?? '';\n",
  },
  {
    wall: 'a function gets its clients from the composition',
    file: 'functions/client.ts',
    fault: "import { ECSClient } from '@aws-sdk/client-ecs';\nexport const client = (): object => new ECSClient({});\n",
    rule: 'project/import-layers',
    twin: "import { client } from '../lib/composition';\nexport const ecs = (): object => client();\n",
  },
  {
    wall: 'the local account knows nothing of the controller',
    file: 'infra/local/ecs/tasks.ts',
    fault:
      "import type { Collected } from '../../../lib/snapshot/collect';\nexport const count = (all: Collected): number => all.count;\n",
    rule: 'project/import-layers',
    twin: "import { start } from '../kernel/start';\nexport const run = (): number => start();\n",
  },
  {
    wall: 'the pipeline knows nothing of the local account',
    file: 'lib/apply/local.ts',
    fault: "import { start } from '../../infra/local/kernel/start';\nexport const run = (): number => start();\n",
    rule: 'project/import-layers',
    twin: pureFunction,
  },
  {
    wall: 'nor does it load it on demand',
    file: 'lib/apply/dynamic.ts',
    fault: "export const load = async (): Promise<unknown> => await import('../../infra/local/kernel/start');\n",
    rule: 'project/import-layers',
    twin: pureFunction,
  },
  {
    wall: 'the AWS ports know no stage',
    file: 'lib/aws/stage.ts',
    fault: "import { collect } from '../snapshot/collect';\nexport const read = (): unknown => collect();\n",
    rule: 'project/import-layers',
    twin: "import { listNames } from './list-names';\nexport const names = (): readonly string[] => listNames();\n",
  },
];

/** What the faults and twins import; free of faults itself. */
export const surroundings: Readonly<Record<string, string>> = {
  'lib/composition.ts':
    "import { ECSClient } from '@aws-sdk/client-ecs';\nexport const client = (): object => new ECSClient({});\n",
  'lib/cli/main.ts':
    "import { start } from '../../infra/local/kernel/start';\nconsole.log(process.env.AWS_REGION, start());\n",
  'lib/aws/list-names.ts': 'export const listNames = (): readonly string[] => [];\n',
  'lib/snapshot/collect.ts':
    'export interface Collected {\n  readonly count: number;\n}\nexport const collect = (): Collected => ({ count: 1 });\n',
  'lib/report/cycle-other.ts': "import { one } from './cycle';\nexport const other = (): number => one();\n",
  'lib/report/cycle-leaf.ts': 'export const leaf = (): number => 1;\n',
  'infra/local/kernel/start.ts': 'export const start = (): number => 1;\n',
  'infra/local/protocol/parse.ts':
    'export const parse = (body: string): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;\n',
};
