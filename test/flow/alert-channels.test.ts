/** What the deployed stack tells in each channel that its parameters switch on, as those who are told receive it. */
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { authorizeRoles } from '../../infra/local/iam/authorize';
import type { Authorize } from '../../infra/local/protocol/invocation';
import type { SlackWebhook } from '../../infra/local/webhook/slack-webhook';
import type { Site } from '../infra/local/services/ecs/a-site';
import { clientSettings } from '../support/local-account';
import { slackText } from '../support/slack-text';
import { aDeployedStack, policyText, type DeployedStack } from './a-deployed-stack';
import { EXEC, execServices, onlyExec } from './exec-services';
import { aSlack, subscribed, type Delivered } from './subscribers';

const WHY = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html';

const DIGEST_SECONDS = 320;
/** Messages that are not told everywhere come back. */
const AGAIN_SECONDS = 700;

/** What the secrets are encrypted with: whoever reads one needs the key besides. */
const KEY = 'arn:aws:kms:eu-west-2:111122223333:key/0abc1234-0000-4000-8000-000000000000';
const SECRETS = ['secretsmanager:GetSecretValue', 'ssm:GetParameter'];
const withKey: Authorize = (principal, questions, call) => {
  const isSecret = questions.some(({ action }) => SECRETS.includes(action));
  authorizeRoles(principal, isSecret ? [...questions, { action: 'kms:Decrypt', resource: KEY }] : questions, call);
};

const keepers = {
  async SlackSecretArn({ account }: Site, url: string): Promise<string> {
    const client = new SecretsManagerClient(clientSettings(account));
    return (await client.send(new CreateSecretCommand({ Name: 'slack', SecretString: url }))).ARN ?? '';
  },
  async SlackParameter({ account }: Site, url: string): Promise<string> {
    const client = new SSMClient(clientSettings(account));
    await client.send(new PutParameterCommand({ Name: '/people/slack', Value: url, Type: 'SecureString' }));
    return '/people/slack';
  },
};
type Keeper = keyof typeof keepers;

interface Told extends DeployedStack {
  readonly slack: SlackWebhook;
}

async function told(keeper: Keeper, parameters: Readonly<Record<string, string>> = {}): Promise<Told> {
  const kept: { slack?: SlackWebhook } = {};
  const stack = await aDeployedStack({
    policy: policyText('observe', `${onlyExec('high')}alerts: { minSeverity: low }\n`),
    parameters,
    authorize: withKey,
    async furnish(site) {
      await execServices(site, 'shop', 2);
      await execServices(site, 'quay', 1);
      kept.slack = await aSlack(site);
      return { [keeper]: await keepers[keeper](site, kept.slack.url) };
    },
  });
  if (!kept.slack) throw new Error('there is no Slack');
  return { ...stack, slack: kept.slack };
}

const idOf = (one: Delivered | undefined): string => one?.attributes['id'] ?? '';
const textOf = (one: Delivered | undefined): string => one?.text ?? '';

it.each<Keeper>(['SlackSecretArn', 'SlackParameter'])(
  'tells everyone in the form that they read: %s',
  async (keeper) => {
    const stack = await told(keeper, { ChatTopic: 'yes', SlackKeyArn: KEY });
    const { output, slack } = stack;
    const all = await subscribed(stack, output('AlertTopicArn'));
    const quay = await subscribed(stack, output('AlertTopicArn'), {
      cluster: ['quay'],
      severity: ['critical', 'high'],
      state: [{ 'anything-but': 'reminder' }],
    });
    const grave = await subscribed(stack, output('AlertTopicArn'), { severity: ['critical'] });
    const chat = await subscribed(stack, output('ChatTopicArn'));
    const chatOfShop = await subscribed(stack, output('ChatTopicArn'), {
      cluster: ['shop'],
      rule: [{ prefix: 'service-' }],
    });
    await stack.ask({});
    await stack.letPass(DIGEST_SECONDS);
    const because = 'starts its tasks with ECS Exec, which does not work over IPv6 alone.';
    const fixOf = (cluster: string, name: string): string =>
      `aws ecs update-service --region eu-west-2 --cluster ${cluster} --service ${name} --disable-execute-command`;
    const [ofShop, ofQuay, ...others] = await all();
    expect(others).toEqual([]);
    expect(ofShop).toEqual({
      subject: `[high] ${EXEC} new: service/shop/s000 and 1 more`,
      text: [
        `${EXEC}: new in 111122223333 eu-west-2, cluster shop, scope shop, severity high`,
        '',
        ...['s000', 's001'].flatMap((name) => [
          `- ${name} ${because}`,
          `  arn:aws:ecs:eu-west-2:111122223333:service/shop/${name} (since 2026-11-22T10:00:00.000Z)`,
          `  fix: ${fixOf('shop', name)}`,
        ]),
        '',
        `Why: ${WHY}`,
        `Id: ${idOf(ofShop)}`,
      ].join('\n'),
      attributes: {
        ...{ severity: 'high', state: 'new', scope: 'shop', id: expect.stringMatching(/^[\da-f]{32}$/) },
        ...{ rule: `["${EXEC}"]`, cluster: '["shop"]' },
      },
    });
    expect(await quay()).toEqual([ofQuay]);
    expect(await grave()).toEqual([]);
    const [chatOne, chatTwo, ...moreChats] = await chat();
    expect(moreChats).toEqual([]);
    expect(await chatOfShop()).toEqual([chatOne]);
    expect([chatOne, chatTwo].map((one) => one?.attributes)).toEqual([ofShop?.attributes, ofQuay?.attributes]);
    expect(JSON.parse(textOf(chatOne))).toMatchObject({
      ...{ version: '1.0', source: 'custom', id: idOf(ofShop) },
      content: {
        title: ofShop?.subject,
        description: `111122223333 eu-west-2, cluster shop, scope shop\n• s000 ${because}\n• s001 ${because}\n<${WHY}|Why>`,
        nextSteps: ['s000', 's001'].map((name) => fixOf('shop', name)),
      },
    });
    expect(slack.refused).toEqual([]);
    expect(slack.taken.map(slackText)).toEqual([
      [
        '# IPv6 policy: 3 new',
        '----',
        `:large_orange_circle: *high* \`${EXEC}\` *new*`,
        '111122223333 eu-west-2, cluster shop, scope shop',
        `• s000 ${because}`,
        `• s001 ${because}`,
        'Fix (1 of 2 commands):',
        `\`\`\`${fixOf('shop', 's000')}\`\`\``,
        `Why (${WHY}) · id ${idOf(ofShop)}`,
        '----',
        `:large_orange_circle: *high* \`${EXEC}\` *new*`,
        '111122223333 eu-west-2, cluster quay, scope shop',
        `• s000 ${because}`,
        'Fix:',
        `\`\`\`${fixOf('quay', 's000')}\`\`\``,
        `Why (${WHY}) · id ${idOf(ofQuay)}`,
      ].join('\n'),
    ]);
  },
);

it.each<Keeper>(['SlackSecretArn', 'SlackParameter'])(
  'needs the key of the secret, and repeats nothing once it has it: %s',
  async (keeper) => {
    const stack = await told(keeper);
    const { output, slack } = stack;
    const all = await subscribed(stack, output('AlertTopicArn'));
    await stack.ask({});
    await stack.letPass(DIGEST_SECONDS);
    expect(slack.taken).toEqual([]);
    expect(await all()).toHaveLength(2);
    expect(stack.lines.join('\n')).toContain('is not authorized to perform: kms:Decrypt');
    await stack.stack.update({ parameters: { ...stack.parameters, SlackKeyArn: KEY } });
    await stack.letPass(AGAIN_SECONDS + DIGEST_SECONDS);
    expect(slack.taken).toHaveLength(1);
    expect(await all()).toEqual([]);
    const said = stack.lines.join('\n');
    expect(said).not.toContain(new URL(slack.url).pathname);
  },
);
