/** What findings about hosts print is done, and the next sweep is silent. */
import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  TerminateInstancesCommand,
  type RequestLaunchTemplateData,
  type ResponseLaunchTemplateData,
  type _InstanceType,
} from '@aws-sdk/client-ec2';
import type { GetParameterCommandOutput } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { seedDemo } from '../../infra/local/seed/demo/demo';
import { agentSettings, launchHost, optimizedImage, startOn } from '../../infra/local/seed/demo/host-parts';
import { hostsPart } from '../../infra/local/seed/demo/hosts';
import { createSeedClients, type SeedClients } from '../../infra/local/seed/seed-clients';
import { services } from '../../infra/local/services';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import type { Finding } from '../../lib/evaluate/finding';
import { anAudit, type Audit } from '../support/an-audit';
import { mendOneByOne, type Mends } from '../support/fixes-one-by-one';
import { performPrinted } from '../support/printed-command';

const SETTLE_MS = 120_000;

let account: LocalAccount;
let clients: SeedClients;
let audit: Audit;

beforeEach(async () => {
  account = await startLocalAccount({ services, clock: new SimulatedClock({ running: false }) });
  await seedDemo(account, [hostsPart]);
  clients = createSeedClients(account);
  audit = await anAudit(account, account.region);
});

afterEach(async () => {
  audit.close();
  await account.stop();
});

const settle = (): Promise<void> => account.world.clock.advance(SETTLE_MS);

interface Replacement {
  readonly cluster?: string;
  readonly imageId?: string;
  readonly type?: _InstanceType;
}

/** Puts a new host in an IPv6-only subnet in the place of the one that the finding names. Gives its id. */
async function replace({ resource, related }: Finding, wish: Replacement): Promise<string> {
  const { snapshot } = await audit.look([audit.everything]);
  const old = [...snapshot.instances.values()].find(({ id }) => [resource, ...related].join(' ').includes(id));
  const subnet = [...snapshot.subnets.values()].find(({ ipv6Native, dns64 }) => ipv6Native && !dns64);
  if (!old || !subnet) throw new Error(`There is nothing to replace for ${resource}.`);
  const { cluster = 'factory', imageId = await optimizedImage(clients), type } = wish;
  const place = { name: old.tags['Name'] ?? '', subnetId: subnet.id, userData: agentSettings(cluster) };
  const instanceId = await launchHost(clients, { ...place, imageId, ...(type && { type }) });
  await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [old.id] }));
  await settle();
  return instanceId;
}

const printed = ({ fix }: Finding, line = 0): Promise<unknown> => performPrinted(account, fix[line] ?? '');

/** Launches the host anew from the image that the command names. */
const fromNamedImage = (cluster: string) => async (finding: Finding) => {
  const { Parameter } = (await printed(finding)) as GetParameterCommandOutput;
  await replace(finding, { cluster, imageId: Parameter?.Value ?? '' });
};

/** The edit that stands in the command, in `jq`'s own words there. */
function withPrimaryIpv6(content: ResponseLaunchTemplateData): RequestLaunchTemplateData {
  const [first, ...others] = content.NetworkInterfaces ?? [];
  const interfaces = [{ ...first, PrimaryIpv6: true }, ...others];
  return { ...(content as RequestLaunchTemplateData), NetworkInterfaces: interfaces };
}

async function renewTemplate(finding: Finding): Promise<void> {
  const [create = ''] = finding.fix;
  const [, read = '', edit] = /"\$\((aws .*) \| jq -c '(.*)'\)"$/.exec(create) ?? [];
  expect(edit).toContain('.PrimaryIpv6 = true');
  const LaunchTemplateId = / --launch-template-id (\S+) /.exec(create)?.[1];
  const LaunchTemplateData = withPrimaryIpv6((await performPrinted(account, read)) as ResponseLaunchTemplateData);
  await clients.ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData }));
  await printed(finding, 1);
  // the proof is the next host
  const wanted = { AutoScalingGroupName: 'welders', DesiredCapacity: 2 };
  await clients.autoScaling.send(new SetDesiredCapacityCommand(wanted));
  await settle();
}

/** In this order. */
const mends: Mends = {
  'instance-ami-not-ecs-optimized': fromNamedImage('factory'),
  'instance-os-unsupported': fromNamedImage('tills'),
  'instance-type-without-ipv6': async (finding) => {
    const [type] = (await printed(finding)) as readonly _InstanceType[];
    await replace(finding, type ? { type } : {});
  },
  // nothing runs on hosts here that could take a command: the next one is launched without the setting
  'instance-ip-compatibility-mismatch': async (finding) => {
    const instanceIds = [await replace(finding, {})];
    await startOn(clients, 'factory', { taskDefinition: 'gauge', instanceIds });
    await settle();
  },
  'instance-launch-template-without-primary-ipv6': renewTemplate,
};

it('ends with nothing left to find, and each fix ends its own finding alone', () =>
  mendOneByOne(mends, () => audit, settle));
