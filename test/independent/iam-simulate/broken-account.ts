/**
 * The template in an account in which every rule is broken: sweeps at each level of permissions, with a policy that asks
 * for everything that a policy can ask for, whether IAM allows it or not, and in the end for nothing. A person takes some
 * of it back.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { CreateServiceCommand as CreateEcsServiceCommand, DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { CreateServiceCommand, GetServiceCommand } from '@aws-sdk/client-servicediscovery';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { stringify } from 'yaml';
import type { Policies } from '../../../infra/local/iam/evaluate-policy';
import { policiesOf } from '../../../infra/local/iam/roles';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import type { Authorize } from '../../../infra/local/protocol/invocation';
import { runTemplate, type RunningStack } from '../../../infra/local/runtime/run-template';
import { composePolicy } from '../../../infra/local/seed/demo/part';
import { demoParts } from '../../../infra/local/seed/demo/parts';
import { seedDemo } from '../../../infra/local/seed/demo/demo';
import { createSeedClients, need } from '../../../infra/local/seed/seed-clients';
import { createInbox } from '../../../infra/local/seed/story/subscribers';
import { services } from '../../../infra/local/services';
import { startSlackWebhook } from '../../../infra/local/webhook/slack-webhook';
import { highestRemedy } from '../../../lib/evaluate/finding';
import { rules } from '../../../lib/rules/registry';
import type { Mode } from '../../../lib/policy/policy';
import { takeBack, type Person } from './person';

const TEMPLATE = 'infra/template.yaml';
const STEP_SECONDS = 5;
/** Turns of the event loop that carry a timer's work to the function that it starts. */
const TURNS = 20;
/** The template's interval as deployed here, and its flexible window. */
const SWEEP_SECONDS = 5 * 60 + 2 * 60;
const DIGEST_SECONDS = 330;

export interface BrokenAccount {
  /** What each role of the stack may do in the end, by its ARN, at each level. */
  readonly granted: ReadonlyMap<Mode, ReadonlyMap<string, Policies>>;
  readonly person: Person;
}

/** Who sees the questions: while IAM refuses what the policy asks for, and while it does not. */
export interface Witnesses {
  readonly refusing: Authorize;
  readonly granting: Authorize;
}

/** The account's own policy, with each remedy as high as it goes, or without any rule. */
function policyText(mode: Mode, isOff = false): string {
  const wanted = composePolicy(demoParts.map(({ scopes, exemptions }) => ({ scopes, exemptions })));
  const options = Object.assign({}, ...demoParts.map((part) => part.rules)) as Readonly<Record<string, object>>;
  const settings = rules.map(({ meta }) => [
    meta.id,
    isOff ? 'off' : { ...options[meta.id], remedy: highestRemedy(meta) },
  ]);
  const guard = { deregister: { orphanMinutes: 0, perRun: 100, perHour: 100 } };
  const more = stringify({ rules: Object.fromEntries(settings) as object, guard });
  return wanted.replace('mode: observe', `mode: ${mode}`) + more;
}

async function deploy(account: LocalAccount, slackUrl: string): Promise<[RunningStack, Record<string, string>]> {
  const inbox = createInbox(account.scope, 'on-call', 'sns');
  const { ssm } = createSeedClients(account);
  await ssm.send(new PutParameterCommand({ Name: '/acme/slack', Value: slackUrl, Type: 'SecureString' }));
  const parameters = {
    ...{ Permissions: 'observe', SweepMinutes: '5', AlertQueueArn: inbox.arn, ChatTopic: 'yes' },
    ...{ SlackParameter: '/acme/slack', SlackKeyArn: `arn:aws:kms:${account.region}:${account.account}:key/slack` },
  };
  return [await runTemplate({ account, templateFile: TEMPLATE, stackName: 'ecs-ipv6', parameters }), parameters];
}

/** One more than are asked for one by one: so many are listed instead. */
const REGISTRIES = 11;

async function registerMany(account: LocalAccount): Promise<void> {
  const { ecs, serviceDiscovery } = createSeedClients(account);
  const { services: [web] = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['web'] }));
  const own = need(web?.serviceRegistries?.[0]?.registryArn, 'the registry of web');
  const { Service } = await serviceDiscovery.send(new GetServiceCommand({ Id: own.slice(own.lastIndexOf('/') + 1) }));
  for (let index = 0; index < REGISTRIES; index++) {
    const name = `idle-${String(index)}`;
    const { NamespaceId, DnsConfig: { DnsRecords } = { DnsRecords: [] } } = Service ?? {};
    const registry = { Name: name, NamespaceId, DnsConfig: { DnsRecords } };
    const { Service: created } = await serviceDiscovery.send(new CreateServiceCommand(registry));
    const { taskDefinition, networkConfiguration, launchType } = web ?? {};
    const serviceRegistries = [{ registryArn: created?.Arn }];
    const idle = { cluster: 'shop', serviceName: name, desiredCount: 0, serviceRegistries };
    await ecs.send(new CreateEcsServiceCommand({ ...idle, taskDefinition, networkConfiguration, launchType }));
  }
}

function grantedBy(stack: RunningStack, { scope }: LocalAccount): ReadonlyMap<string, Policies> {
  const roles = stack.resources().filter(({ type }) => type === 'AWS::IAM::Role');
  return new Map(
    roles.map(({ provided }) => {
      const arn = provided.attributes['Arn'] ?? '';
      return [arn, policiesOf(scope, arn) ?? { identity: [] }];
    }),
  );
}

export async function runBrokenAccount({ refusing, granting }: Witnesses): Promise<BrokenAccount> {
  let witness = granting;
  const authorize: Authorize = (...asked) => witness(...asked);
  const account = await startLocalAccount({ services, authorize });
  const slack = await startSlackWebhook({ seconds: () => account.world.clock.now().getTime() / 1_000 });
  let stack: RunningStack | undefined;
  try {
    await seedDemo(account);
    await registerMany(account);
    const [deployed, parameters] = await deploy(account, slack.url);
    stack = deployed;
    const { ssm } = createSeedClients(account);
    const put = async (Name: string, Value: string): Promise<void> => {
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    };
    const granted = new Map<Mode, ReadonlyMap<string, Policies>>();
    const sweepWith = async (policy: string, Permissions: Mode, seconds: number): Promise<void> => {
      await put('/ecs-ipv6/policy', policy);
      await deployed.update({ parameters: { ...parameters, Permissions } });
      await letPass(account, deployed, seconds);
      granted.set(Permissions, grantedBy(deployed, account));
    };
    await put('/ecs-ipv6/enforcement', 'on');
    await sweepWith(policyText('tag'), 'tag', SWEEP_SECONDS + DIGEST_SECONDS);
    witness = refusing;
    await sweepWith(policyText('enforce'), 'observe', 2 * SWEEP_SECONDS);
    witness = granting;
    await sweepWith(policyText('enforce'), 'enforce', 2 * SWEEP_SECONDS);
    const person = await takeBack(account, deployed);
    await sweepWith(policyText('tag', true), 'enforce', SWEEP_SECONDS);
    return { granted, person };
  } finally {
    stack?.stop();
    await slack.stop();
    await account.stop();
  }
}

async function letPass(account: LocalAccount, stack: RunningStack, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
    await account.world.clock.advance(STEP_SECONDS * 1_000);
    for (let round = 0; round < TURNS; round++) await turn();
    await stack.quiet();
  }
}
