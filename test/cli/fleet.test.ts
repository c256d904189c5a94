/** `audit --local --seed fleet`: exactly what is wrong with the fleet is found, over the account's API alone. */
import { afterEach, expect, it } from '@jest/globals';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { createFleet, type Fleet } from '../../infra/local/seed/fleet/fleet';
import { planFleet } from '../../infra/local/seed/fleet/fleet-plan';
import { services } from '../../infra/local/services';
import { ecsState } from '../../infra/local/services/ecs/store';
import { EXIT } from '../../lib/cli/exit-code';
import { pointAt } from '../../lib/cli/local';
import { runPasses } from '../../lib/cli/passes';
import type { Report } from '../../lib/report/report';

/** Every fault of the plan comes at least once. */
const TASKS = 1_000;

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

async function audit(): Promise<Report> {
  const texts: string[] = [];
  const options = { local: false, failOn: 'low', format: 'json' } as const;
  const settings = { dryRun: true, modeCeiling: 'observe' } as const;
  const code = await runPasses({ options, settings, state: 'memory', print: (text) => texts.push(text) });
  expect(code).toBe(EXIT.violations);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- the JSON of our own report
  return JSON.parse(texts.join(''));
}

/** What was planted, as `rule resource`, from the plan and the account's stores. */
function planted({ scope }: LocalAccount, { services: made, hosts, orphanTargets, orphanRegistrations }: Fleet) {
  const containerInstances = [...ecsState(scope).clusters.values()].flatMap((cluster) => [
    ...cluster.instances.values(),
  ]);
  const withFault = (fault: string) => made.filter(({ plan }) => plan.fault === fault);
  const hostsWith = (fault: string) => hosts.filter((host) => host.fault === fault).map((host) => host.ec2InstanceId);
  const old = new Set(hostsWith('old-agent'));
  const bridged = made.filter(({ definition }) => definition.definition.networkMode === 'bridge');
  const ec2 = `arn:aws:ec2:${scope.region}:${scope.account}:instance`;
  return {
    'cloudmap-instance-orphaned': orphanRegistrations,
    'image-not-dual-stack': withFault('ipv4-image').map(({ definition }) => definition.arn),
    'instance-agent-too-old': containerInstances.filter((host) => old.has(host.ec2InstanceId)).map(({ arn }) => arn),
    'instance-without-primary-ipv6': hostsWith('no-primary-ipv6').map((id) => `${ec2}/${id}`),
    'network-mode-not-awsvpc': bridged.map(({ definition }) => definition.arn),
    'service-subnet-not-ipv6-only': withFault('ipv4-network').map(({ service }) => service.arn),
    'service-target-group-not-ipv6': withFault('ipv4-network').map(({ service }) => service.arn),
    'target-orphaned': orphanTargets,
    'task-without-ipv6': withFault('ipv4-network').flatMap(({ tasks }) => tasks.map(({ arn }) => arn)),
  };
}

it('finds what was planted in a fleet and nothing else, and reads all of it', async () => {
  const account = await startLocalAccount({ services });
  try {
    const fleet = await createFleet({ scope: account.scope, clock: account.world.clock }, planFleet(TASKS));
    pointAt(account);
    const { findings, gaps, scanned } = await audit();
    expect(gaps).toEqual([]);
    expect(scanned).toMatchObject({ task: TASKS, service: fleet.services.length, instance: fleet.hosts.length });
    expect(findings.filter(({ status }) => status !== 'open')).toEqual([]);
    const lines = Object.entries(planted(account, fleet)).flatMap(([rule, resources]) => {
      expect(resources).not.toEqual([]);
      return resources.map((resource) => `${rule} ${resource}`);
    });
    expect(findings.map(({ rule, resource }) => `${rule} ${resource}`).sort()).toEqual(lines.sort());
  } finally {
    await account.stop();
  }
});
