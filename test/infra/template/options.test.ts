import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { putManagedPolicy } from '../../../infra/local/iam/roles';
import { runTemplate, type RunningStack } from '../../../infra/local/runtime/run-template';
import { services } from '../../../infra/local/services';
import { build } from '../../support/build';
import { withLocalAccount } from '../../support/local-account';

const BUILD_MS = 120_000;

/** Managed policies of the account, and what they allow. */
const BOUNDARIES = { everything: '*', 'logs-only': 'logs:*' };
const boundary = (name: keyof typeof BOUNDARIES): string => `arn:aws:iam::111122223333:policy/${name}`;

let stack: RunningStack | undefined;
beforeAll(build, BUILD_MS);
afterEach(() => {
  stack?.stop();
  stack = undefined;
});

async function deploy(parameters: Readonly<Record<string, string>> = {}): Promise<RunningStack> {
  const account = await withLocalAccount({ services, authorize: authorizeRoles });
  for (const [name, Action] of Object.entries(BOUNDARIES)) {
    putManagedPolicy(account.scope, name, { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  }
  stack = await runTemplate({ account, templateFile: 'infra/template.yaml', stackName: 'ecs-ipv6', parameters });
  return stack;
}

const namesOf = (deployed: RunningStack, type: string): readonly string[] =>
  deployed
    .resources()
    .filter((resource) => resource.type === type)
    .map(({ logicalId }) => logicalId);

const watchingCalls = (deployed: RunningStack): readonly string[] =>
  namesOf(deployed, 'AWS::CloudWatch::Alarm').filter((name) => name.startsWith('CallRule'));

it('comes without the rule on API calls, with alarms and with an alias for each function', async () => {
  const deployed = await deploy();
  expect(namesOf(deployed, 'AWS::Events::Rule')).not.toContain('CallRule');
  expect(watchingCalls(deployed)).toEqual([]);
  expect(namesOf(deployed, 'AWS::Lambda::Alias')).toHaveLength(namesOf(deployed, 'AWS::Lambda::Function').length);
  expect(namesOf(deployed, 'AWS::CloudWatch::Alarm')).toContain('SweepMissedAlarm');
  expect(deployed.outputs()['InvokeFunctionName']).toMatch(/:function:ecs-ipv6-InvokeFunction:live$/);
});

it('can be had with everything switched on, and changed to less', async () => {
  const parameters = { Permissions: 'enforce', CallRecords: 'yes', ReservedConcurrency: '2', ChatTopic: 'yes' };
  const deployed = await deploy(parameters);
  expect(namesOf(deployed, 'AWS::Events::Rule')).toContain('CallRule');
  expect(watchingCalls(deployed)).toEqual(['CallRuleAlarm', 'CallRuleLostEventsAlarm']);
  await deployed.update({ parameters: { ...parameters, CallRecords: 'no', Alarms: 'no', Rollout: 'AllAtOnce' } });
  expect(namesOf(deployed, 'AWS::Events::Rule')).not.toContain('CallRule');
  expect(namesOf(deployed, 'AWS::CloudWatch::Alarm')).toEqual([]);
});

it('has roles that a boundary holds', async () => {
  const deployed = await deploy({ PermissionsBoundaryArn: boundary('everything') });
  expect(namesOf(deployed, 'AWS::IAM::Role')).toHaveLength(4);
  const bound = deploy({ PermissionsBoundaryArn: boundary('logs-only') });
  await expect(bound).rejects.toThrow('role/ecs-ipv6-eu-west-2-reconcile may not xray:PutTraceSegments');
});

it('is refused with a key of one’s own, as nothing is encrypted here', async () => {
  const KmsKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/00000000-0000-0000-0000-000000000000';
  await expect(deploy({ KmsKeyArn })).rejects.toThrow('KmsMasterKeyId of AWS::SNS::Topic is not simulated');
});
