import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import {
  CreateServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DeleteRuleCommand, DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { aPair, balancer, type Pair } from './a-blue-green-pair';
import { elbOf, targetsIn } from './a-load-balancer';
import type { Site } from './a-site';
import { aDefinition, aSite, describeService, describeTasks, eventsOf } from './a-site';
import { one } from './one';

const SETTLE_MS = 120_000;
const BAKE_MINUTES = 5;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay */
const DRAINING_MS = 300_000;
async function aBlueGreenService(site: Site, pair: Pair, desiredCount = 2): Promise<void> {
  await aDefinition(site);
  await site.ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'prod', serviceName: 'web', taskDefinition: 'web', launchType: 'FARGATE', desiredCount },
      networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id, site.ipv6B.id] } },
      deploymentConfiguration: {
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: BAKE_MINUTES,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      loadBalancers: [balancer(pair)],
    }),
  );
  await site.clock.advance(SETTLE_MS);
}

/** Name of the group with all the traffic of a rule. */
async function trafficOf(site: Site, rule: string): Promise<string> {
  const { Rules } = await elbOf(site).send(new DescribeRulesCommand({ RuleArns: [rule] }));
  const groups = one(one(Rules).Actions).ForwardConfig?.TargetGroups ?? [];
  return one(groups.filter(({ Weight = 0 }) => Weight > 0)).TargetGroupArn?.split('/')[1] ?? '';
}

async function latestDeployment({ ecs }: Site): Promise<ServiceDeployment> {
  const { serviceDeployments = [] } = await ecs.send(
    new ListServiceDeploymentsCommand({ cluster: 'prod', service: 'web' }),
  );
  const described = await ecs.send(
    new DescribeServiceDeploymentsCommand({
      serviceDeploymentArns: [serviceDeployments[0]?.serviceDeploymentArn ?? ''],
    }),
  );
  return one(described.serviceDeployments);
}

async function nextRevision(site: Site): Promise<string> {
  const taskDefinition = await aDefinition(site, { cpu: '512', memory: '1024' });
  await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', taskDefinition }));
  return taskDefinition;
}

async function advanceTo(site: Site, stage: string): Promise<ServiceDeployment> {
  for (let second = 0; second < 300; second++) {
    const deployment = await latestDeployment(site);
    if (deployment.lifecycleStage === stage) return deployment;
    await site.clock.advance(1_000);
  }
  throw new Error(`The deployment never came to ${stage}.`);
}

describe('a blue/green service', () => {
  it('starts in its primary target group', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair);
    expect((await targetsIn(site, pair.blue)).map(({ state }) => state)).toEqual(['healthy', 'healthy']);
    expect(await targetsIn(site, pair.green)).toEqual([]);
    expect(await latestDeployment(site)).toMatchObject({ status: 'SUCCESSFUL', sourceServiceRevisions: [] });
    expect((await describeService(site)).currentServiceRevisions).toMatchObject([{ runningTaskCount: 2 }]);
  });

  it('brings up all of green before any traffic moves, and keeps blue until the bake time is over', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair);
    const next = await nextRevision(site);

    await advanceTo(site, 'SCALE_UP');
    expect(await trafficOf(site, pair.production)).toBe('blue');
    const baking = await advanceTo(site, 'BAKE_TIME');
    expect(baking).toMatchObject({ status: 'IN_PROGRESS', targetServiceRevision: { runningTaskCount: 2 } });
    expect(await trafficOf(site, pair.production)).toBe('green');
    expect(await trafficOf(site, pair.test)).toBe('green');
    expect(await targetsIn(site, pair.blue)).toHaveLength(2);
    expect((await targetsIn(site, pair.green)).map(({ state }) => state)).toEqual(['healthy', 'healthy']);
    expect((await describeService(site)).deployments).toHaveLength(2);

    await site.clock.advance(BAKE_MINUTES * 60_000 + SETTLE_MS + DRAINING_MS);
    expect(await targetsIn(site, pair.blue)).toEqual([]);
    const tasks = await describeTasks(site);
    expect(tasks.map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual([next, next]);
    const done = await latestDeployment(site);
    expect(done).toMatchObject({ status: 'SUCCESSFUL', deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE' } });
    const { serviceRevisions } = await site.ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [done.targetServiceRevision?.arn ?? '', 'none'] }),
    );
    expect(one(serviceRevisions)).toMatchObject({
      taskDefinition: next,
      resolvedConfiguration: { loadBalancers: [{ targetGroupArn: pair.green }] },
    });
  });

  it('goes back to its primary group with the deployment after that', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair, 1);
    const whole = BAKE_MINUTES * 60_000 + 2 * SETTLE_MS + DRAINING_MS;
    await nextRevision(site);
    await site.clock.advance(whole);
    await nextRevision(site);
    await site.clock.advance(whole);
    expect(await trafficOf(site, pair.production)).toBe('blue');
    expect(await targetsIn(site, pair.green)).toEqual([]);
    expect(await targetsIn(site, pair.blue)).toHaveLength(1);
  });

  it('goes back to blue when somebody stops the deployment', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair);
    await nextRevision(site);
    const { serviceDeploymentArn } = await advanceTo(site, 'BAKE_TIME');
    const stop = () => site.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }));
    await stop();
    expect(await trafficOf(site, pair.production)).toBe('blue');
    expect(await latestDeployment(site)).toMatchObject({ status: 'ROLLBACK_IN_PROGRESS' });
    await stop();

    await site.clock.advance(SETTLE_MS + DRAINING_MS);
    expect(await targetsIn(site, pair.green)).toEqual([]);
    expect(await targetsIn(site, pair.blue)).toHaveLength(2);
    expect(await latestDeployment(site)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', serviceDeploymentArn });
    const rollouts = eventsOf(site, 'ECS Deployment State Change').map(({ detail }) => detail['eventName']);
    expect(rollouts.slice(-2)).toEqual(['SERVICE_DEPLOYMENT_FAILED', 'SERVICE_DEPLOYMENT_COMPLETED']);
    await expect(stop()).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('is made with a green group of a wrong target type, and rolls back what is to run there', async () => {
    const site = await aSite();
    const pair = await aPair(site, { TargetType: 'instance' });
    await aBlueGreenService(site, pair);
    expect(await targetsIn(site, pair.blue)).toHaveLength(2);
    await nextRevision(site);
    await site.clock.advance(10 * SETTLE_MS);
    expect(await latestDeployment(site)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    expect(await targetsIn(site, pair.green)).toEqual([]);
    expect(await targetsIn(site, pair.blue)).toHaveLength(2);
  });

  it('rolls back when its listener rule is gone', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair);
    await elbOf(site).send(new DeleteRuleCommand({ RuleArn: pair.production }));
    await nextRevision(site);
    await site.clock.advance(SETTLE_MS);
    expect(await latestDeployment(site)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: expect.stringMatching(/invalid networking configuration/),
    });
    expect(await targetsIn(site, pair.blue)).toHaveLength(2);
  });

  it('gives up a green half-way for a newer one', async () => {
    const site = await aSite();
    const pair = await aPair(site);
    await aBlueGreenService(site, pair);
    await nextRevision(site);
    await advanceTo(site, 'SCALE_UP');
    const last = await nextRevision(site);
    await site.clock.advance(BAKE_MINUTES * 60_000 + 2 * SETTLE_MS + 2 * DRAINING_MS);
    const tasks = await describeTasks(site);
    expect(tasks.map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual([last, last]);
    const { serviceDeployments = [] } = await site.ecs.send(
      new ListServiceDeploymentsCommand({ cluster: 'prod', service: 'web' }),
    );
    expect(serviceDeployments.map(({ status }) => status)).toEqual(['SUCCESSFUL', 'STOPPED', 'SUCCESSFUL']);
  });
});

describe('advancedConfiguration', () => {
  it.each([
    ['no second group', () => ({ advancedConfiguration: undefined }), /required for all loadBalancers/],
    [
      'a listener where a rule belongs',
      (pair: Pair) => ({ productionListenerRule: pair.production.replace('listener-rule', 'listener') }),
      /productionListenerRule has an invalid ARN format/,
    ],
    ['one rule twice', (pair: Pair) => ({ testListenerRule: pair.production }), /cannot be used as both/],
    ['one group twice', (pair: Pair) => ({ alternateTargetGroupArn: pair.blue }), /Duplicate targetGroupArn found/],
  ])('is refused: %s', async (_, change, message) => {
    const site = await aSite();
    const pair = await aPair(site);
    const changes = change(pair);
    const full = balancer(pair);
    const loadBalancer =
      'advancedConfiguration' in changes
        ? { ...full, ...changes }
        : { ...full, advancedConfiguration: { ...full.advancedConfiguration, ...changes } };
    await aDefinition(site);
    const create = site.ecs.send(
      new CreateServiceCommand({
        ...{ cluster: 'prod', serviceName: 'web', taskDefinition: 'web', launchType: 'FARGATE', desiredCount: 1 },
        networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id] } },
        deploymentConfiguration: { strategy: 'BLUE_GREEN' },
        loadBalancers: [loadBalancer],
      }),
    );
    await expect(create).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });
});
