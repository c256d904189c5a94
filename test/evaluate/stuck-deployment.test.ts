import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import { taskWithIpv4 } from '../../lib/rules/task-with-ipv4';
import type { Deployment } from '../../lib/snapshot/service-resources';
import type { Service } from '../../lib/snapshot/snapshot';
import { aService, aSubnet, aTask, aTaskDefinition, NOW, SERVICE_ARN } from '../support/builders';
import { aScope } from '../support/policy-builders';
import { run } from './an-evaluation';

const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const old: Deployment = { id: 'ecs-svc/1', status: 'ACTIVE', createdAt: minutesAgo(600) };
const next = (over: Partial<Deployment> = {}): Deployment => ({ id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', createdAt: minutesAgo(90), ...over }); // prettier-ignore

/** What is found of a task that the deployment should have replaced: it still has IPv4. */
function found(service: Partial<Service>, deploymentGraceMinutes = 60): readonly Finding[] {
  const contents = {
    services: [aService(service)],
    tasks: [aTask({ ipv4Addresses: ['10.0.0.7'], subnetId: 'subnet-old' })],
    subnets: [aSubnet(), aSubnet({ id: 'subnet-old', ipv6Native: false })],
    taskDefinitions: [aTaskDefinition()],
  };
  const scopes = [aScope({ posture: 'ipv6-only', deploymentGraceMinutes })];
  return run([taskWithIpv4], { scopes }, contents).findings;
}

describe('a task that a deployment should have replaced', () => {
  it('is no violation while the grace lasts', () => {
    expect(found({ deployments: [next(), old] }, 120)).toEqual([]);
  });

  it('counts after that, and the finding names the deployment: in the same words at any time', () => {
    const [finding, ...others] = found({ deployments: [next(), old] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      status: 'open',
      message:
        'Task a1 of api is meant to be IPv6-only and holds 10.0.0.7. Deployment ecs-svc/2 of api, which was to replace it, has been under way since 2026-11-30T10:30:00.000Z.',
      actual: {
        ipv4Addresses: ['10.0.0.7'],
        replacedBy: { service: SERVICE_ARN, deployment: 'ecs-svc/2', since: '2026-11-30T10:30:00.000Z' },
      },
    });
  });

  it('is named without a time where ECS tells none', () => {
    const [finding] = found({ deployments: [next({ createdAt: undefined, rolloutState: 'FAILED' }), old] });
    expect(finding?.actual).toMatchObject({ replacedBy: { deployment: 'ecs-svc/2' } });
  });

  it('counts at once where the deployment has failed', () => {
    const [finding] = found({ deployments: [next({ rolloutState: 'FAILED', createdAt: minutesAgo(5) }), old] });
    expect(finding?.message).toMatch(/Deployment ecs-svc\/2 of api, which was to replace it, has failed\.$/);
  });

  it.each(['CODE_DEPLOY', 'EXTERNAL'] as const)('is named with task sets too: %s', (deploymentController) => {
    const sets = [{ ...old, status: 'PRIMARY' }, next({ status: 'ACTIVE', rolloutState: undefined })];
    const [finding] = found({ deploymentController, deployments: sets });
    expect(finding?.message).toContain(
      'Deployment ecs-svc/2 of api, which was to replace it, has been under way since',
    );
    expect(found({ deploymentController, deployments: sets }, 120)).toEqual([]);
  });

  it('is named alone where no deployment is under way', () => {
    const [finding] = found({ deployments: [next({ rolloutState: 'COMPLETED' })] });
    expect(finding?.message).toBe('Task a1 of api is meant to be IPv6-only and holds 10.0.0.7.');
    expect(finding?.actual).not.toHaveProperty('replacedBy');
  });
});
