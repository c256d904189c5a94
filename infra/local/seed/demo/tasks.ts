/** What tasks are made of and started with: each fault once, beside something that does the same right. */
import { DescribeTasksCommand, ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DeleteServiceCommand } from '@aws-sdk/client-servicediscovery';
import type { LocalAccount } from '../../local-account';
import { changeSetting, EVERYONE } from '../../services/ecs/account-setting';
import { setTimings, timings } from '../../services/ecs/timings';
import { makeDnsNamespace } from '../seed-namespace';
import type { DemoPart } from './part';
import { makeRegistry } from './registration-parts';
import { define, makeFileSystem, makeSite, run, serve, type Site } from './tasks-parts';

/** Where the account keeps dual-stack tasks from IPv6 addresses. */
const SWITCHED_OFF_REGION = 'eu-central-1';

/** Longer than tasks take to run. */
const START_MS = 30_000;

/** `helpdesk` starts its tasks with ECS Exec, `intranet` does not; so do the tasks `console` and `report`. */
async function makeExec(office: Site): Promise<void> {
  for (const name of ['helpdesk', 'intranet', 'console', 'report']) await define(office, name);
  await serve(office, 'helpdesk', { enableExecuteCommand: true });
  await serve(office, 'intranet');
  await run(office, 'console', { enableExecuteCommand: true });
  await run(office, 'report');
}

/** `invoices` sends its logs to a host that has IPv4 alone, `receipts` to one that has both. */
async function makeLogs(office: Site): Promise<void> {
  const { region } = office.account;
  const hosts = { invoices: `logs.${region}.amazonaws.com`, receipts: `logs.${region}.api.aws` };
  for (const [name, host] of Object.entries(hosts)) {
    const options = { 'awslogs-group': name, 'awslogs-region': region, 'awslogs-stream-prefix': name };
    const logging = { ...options, 'awslogs-endpoint': `https://${host}` };
    const logConfiguration = { logDriver: 'awslogs', options: logging } as const;
    await define(office, name, { container: { logConfiguration } });
    await serve(office, name);
  }
}

/** The file system of `scans` can be mounted over IPv4 alone, that of `contracts` over IPv6. None of their tasks run yet. */
async function makeFiles(office: Site): Promise<void> {
  const places = {
    scans: { subnet: office.dualStack, addresses: 'IPV4_ONLY' },
    contracts: { subnet: office.native, addresses: 'IPV6_ONLY' },
  } as const;
  for (const [name, place] of Object.entries(places)) {
    const fileSystemId = await makeFileSystem(office, { name, ...place });
    await define(office, name, { volumes: [{ name: 'files', efsVolumeConfiguration: { fileSystemId } }] });
    await serve(office, name, { desiredCount: 0 });
  }
}

/** The task `fax` is in a dual-stack subnet, as is the Windows task `plotter`; `scanner`, like the others, is not. */
async function makeAddresses(office: Site): Promise<void> {
  const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } as const;
  await define(office, 'plotter', { runtimePlatform });
  await run(office, 'plotter', { subnet: office.dualStack });
  for (const name of ['fax', 'scanner']) await define(office, name);
  await run(office, 'fax', { subnet: office.dualStack });
  await run(office, 'scanner');
}

/** Longer than anyone looks at the account. */
const FOR_EVER_MS = 365 * 86_400_000;
const MINUTE_MS = 60_000;

async function statusOf({ clients, cluster }: Site, serviceName: string): Promise<string | undefined> {
  const { taskArns = [] } = await clients.ecs.send(new ListTasksCommand({ cluster, serviceName }));
  if (taskArns.length === 0) return undefined;
  const { tasks = [] } = await clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks[0]?.lastStatus;
}

async function waitFor(site: Site, serviceName: string, status: string): Promise<void> {
  while ((await statusOf(site, serviceName)) !== status) await site.account.world.clock.advance(MINUTE_MS);
}

/** ECS tries on and on, where AWS does not say for how long. */
async function stick(site: Site, service: string): Promise<void> {
  const { clients, cluster, account } = site;
  const { step } = timings(account.scope);
  // so slow that it can be seen
  setTimings(account.scope, { step: 10 * MINUTE_MS });
  await clients.ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: 1 }));
  await waitFor(site, service, 'PENDING');
  setTimings(account.scope, { step: FOR_EVER_MS });
  await waitFor(site, service, 'ACTIVATING');
  setTimings(account.scope, { step });
}

/** Somebody removed the Cloud Map service of `mailroom`, then somebody asked for a task; that of `reception` is there. */
async function makeStuck(office: Site): Promise<void> {
  const { account, clients, vpc } = office;
  const namespace = await makeDnsNamespace(account, clients, { Name: 'office.internal', Vpc: vpc.id });
  for (const name of ['mailroom', 'reception']) {
    const { id: Id, arn: registryArn } = await makeRegistry(office, namespace, { name, records: ['AAAA'] });
    await define(office, name);
    const desiredCount = name === 'mailroom' ? 0 : 1;
    await serve(office, name, { desiredCount, serviceRegistries: [{ registryArn }] });
    if (name === 'mailroom') await clients.serviceDiscovery.send(new DeleteServiceCommand({ Id }));
  }
  await account.world.clock.advance(START_MS);
  await stick(office, 'mailroom');
}

/** `till` runs on an old platform, `kiosk` on the latest. */
async function makePlatforms(branch: Site): Promise<void> {
  const { dualStack: subnet } = branch;
  for (const name of ['till', 'kiosk']) await define(branch, name);
  await run(branch, 'till', { subnet, platformVersion: '1.3.0' });
  await serve(branch, 'kiosk', { subnet });
}

/** The task of `kiosk` has its IPv6 address still; the next one will have none. */
async function makeSwitchedOff(account: LocalAccount): Promise<void> {
  const branch = await makeSite({ ...account, region: SWITCHED_OFF_REGION }, 'branch');
  await define(branch, 'kiosk');
  await serve(branch, 'kiosk', { subnet: branch.dualStack });
  await account.world.clock.advance(START_MS);
  // AWS has it, the SDK's list of settings does not
  const scope = account.world.scope(account.account, SWITCHED_OFF_REGION);
  changeSetting(scope, { name: 'dualStackIPv6', value: 'disabled', principalArn: EVERYONE });
}

async function seedTasks(account: LocalAccount): Promise<void> {
  const office = await makeSite(account, 'office');
  await makeExec(office);
  await makeLogs(office);
  await makeFiles(office);
  await makeAddresses(office);
  await makePlatforms(await makeSite(account, 'branch'));
  await makeSwitchedOff(account);
  await makeStuck(office);
  await account.world.clock.advance(15 * MINUTE_MS);
}

/** `office` is to be IPv6-only, `branch` dual-stack. */
export const tasksPart: DemoPart = {
  name: 'tasks',
  regions: [SWITCHED_OFF_REGION],
  scopes: [
    { name: 'office', match: { clusters: ['office'] }, posture: 'ipv6-only' },
    { name: 'branch', match: { clusters: ['branch'] }, posture: 'dual-stack' },
  ],
  seed: seedTasks,
};
