/** A service that starts its tasks with ECS Exec does so no more, if the policy asks for it and nothing speaks against it. */
import { DeleteServiceCommand, UpdateServiceCommand, type UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { RuleSetting } from '../../lib/policy/policy';
import type { RunSettings } from '../../lib/stages';
import { aDefinition, aService, aSite, describeService } from '../infra/local/services/ecs/a-site';
import { aRequest } from '../snapshot/a-collector';
import { SETTLE_MS } from '../snapshot/a-workload';
import { MINUTE } from '../support/adjustable-clock';
import { aPolicy, aScope } from '../support/policy-builders';
import { aHealingController, changes, inShort, type Healing } from './a-healing-controller';

const RULE = 'service-exec-enabled';
const auto: Readonly<Record<string, RuleSetting>> = { [RULE]: { off: false, remedy: 'auto', options: {} } };
const taskRoleArn = 'arn:aws:iam::111122223333:role/task';
const scopes = [aScope({ posture: 'ipv6-only' })];

type Update = Omit<UpdateServiceCommandInput, 'service'>;

async function execSite(options: Healing & { readonly names?: readonly string[]; readonly update?: Update } = {}) {
  const { names = ['web'], update } = options;
  const site = await aSite();
  await aDefinition(site, { taskRoleArn });
  for (const serviceName of names) await aService(site, { serviceName, enableExecuteCommand: true });
  await site.clock.advance(SETTLE_MS);
  const change = (more: Update) =>
    site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...more }));
  const controller = aHealingController(site, {
    ...options,
    policy: { scopes, rules: auto, ...options.policy },
    meanwhile: () => (update ? change(update) : options.meanwhile?.()),
  });
  const on = async (): Promise<readonly string[]> => {
    const services = await Promise.all(names.map((name) => describeService(site, name)));
    return services.flatMap(({ enableExecuteCommand, serviceName = '' }) =>
      enableExecuteCommand ? [serviceName] : [],
    );
  };
  return { ...site, ...controller, on, site };
}

const done = [['disable-exec', 'applied', '']];

describe('where the policy asks for it', () => {
  it('it is switched off without a deployment, the finding is over, and then nothing is written', async () => {
    const { pass, written, on, site } = await execSite();
    const before = await describeService(site);
    const { actions } = await pass();
    expect(changes(actions)).toMatchObject([
      {
        action: {
          ...{ kind: 'disable-exec', serviceName: 'web' },
          ...{ from: { enableExecuteCommand: true }, to: { enableExecuteCommand: false } },
        },
        reason: expect.stringMatching(/^off when read back/),
      },
    ]);
    expect(await on()).toEqual([]);
    const after = await describeService(site);
    expect(after.deployments?.map(({ id }) => id)).toEqual(before.deployments?.map(({ id }) => id));
    expect({ ...after, events: [], tags: [] }).toEqual({
      ...before,
      enableExecuteCommand: false,
      events: [],
      tags: [],
    });
    const { findings } = await pass();
    expect(findings.filter(({ rule }) => rule === RULE)).toEqual([]);
    await pass();
    expect(written).toEqual([]);
  });

  it('an event about the service alone is enough', async () => {
    const { pass, on } = await execSite();
    const { actions } = await pass(undefined, aRequest('service', 'web', { cluster: 'prod' }));
    expect(changes(actions).map(inShort)).toEqual(done);
    expect(await on()).toEqual([]);
  });

  it('what is over the budget is withheld, and done later', async () => {
    const { guard } = aPolicy();
    const policy = { guard: { ...guard, disableExec: { perRun: 5, perHour: 1 } } };
    const { pass, on, clock } = await execSite({ names: ['web', 'api'], policy });
    const codes = async () => changes((await pass()).actions).map(({ status, code }) => code ?? status);
    expect(await codes()).toEqual(['applied', 'over-budget']);
    expect(await codes()).toEqual(['over-budget']);
    expect(await on()).toHaveLength(1);
    await clock.advance(60 * MINUTE);
    expect(await codes()).toEqual(['applied']);
    expect(await on()).toEqual([]);
  });
});

type Quiet = readonly [Healing & { readonly update?: Update }, RunSettings | undefined, readonly (readonly string[])[]];
const withheld = (code: string) => [['disable-exec', 'withheld', code]];

const quiet: Readonly<Record<string, Quiet>> = {
  'where the policy does not ask for it': [{ policy: { rules: {} } }, undefined, []],
  'in mode tag': [{ policy: { mode: 'tag' } }, undefined, []],
  'in mode observe': [{ policy: { mode: 'observe' } }, undefined, []],
  'on a dry run': [{}, { dryRun: true }, [['disable-exec', 'planned', 'dry-run']]],
  'with the kill switch off': [{ enforcementOn: false }, undefined, withheld('kill-switch-off')],
  'where a deployment begins in the last moment': [
    { update: { forceNewDeployment: true } },
    undefined,
    withheld('unmet-condition'),
  ],
};

describe('nothing is changed', () => {
  it.each(Object.entries(quiet))('%s', async (_, [options, settings, outcomes]) => {
    const { pass, on } = await execSite(options);
    const { actions } = await pass(settings);
    expect(changes(actions).map(inShort)).toEqual(outcomes);
    expect(await on()).toEqual(['web']);
  });

  it('where somebody switches it off in the last moment', async () => {
    const { pass, on } = await execSite({ update: { enableExecuteCommand: false } });
    expect(changes((await pass()).actions).map(inShort)).toEqual([['disable-exec', 'unchanged', '']]);
    expect(await on()).toEqual([]);
  });

  it('where the service is deleted in the last moment', async () => {
    const world: { remove?: () => Promise<unknown> } = {};
    const { pass, ecs } = await execSite({ meanwhile: () => world.remove?.() });
    world.remove = () => ecs.send(new DeleteServiceCommand({ cluster: 'prod', service: 'web', force: true }));
    expect(changes((await pass()).actions).map(inShort)).toEqual([['disable-exec', 'unchanged', '']]);
  });

  it('of a service that others deploy', async () => {
    const site = await aSite();
    await aDefinition(site, { taskRoleArn });
    await aService(site, {
      ...{ enableExecuteCommand: true, deploymentController: { type: 'EXTERNAL' } },
      ...{ taskDefinition: undefined, launchType: undefined, networkConfiguration: undefined },
    });
    const { pass } = aHealingController(site, { policy: { scopes, rules: auto } });
    expect(changes((await pass()).actions).map(inShort)).toEqual(withheld('unmet-condition'));
    expect((await describeService(site)).enableExecuteCommand).toBe(true);
  });
});
