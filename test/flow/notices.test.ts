/** What the controller says of itself and of its policy, from the deployed stack to those who are told. */
import { expect, it } from '@jest/globals';
import { createSeedClients } from '../../infra/local/seed/seed-clients';
import { keepWebhook } from '../../infra/local/seed/story/subscribers';
import type { SlackWebhook } from '../../infra/local/webhook/slack-webhook';
import { slackText } from '../support/slack-text';
import { aDeployedStack, policyText } from './a-deployed-stack';
import { EXEC, execServices, onlyExec } from './exec-services';
import { aSlack, subscribed } from './subscribers';

const DIGEST_SECONDS = 320;
const HOUR_MS = 60 * 60_000;

async function told(policy: string) {
  const kept: { slack?: SlackWebhook } = {};
  const stack = await aDeployedStack({
    policy,
    // no sweep but those that are asked for
    parameters: { Permissions: 'enforce', SweepMinutes: '1440' },
    async furnish(site) {
      await execServices(site, 'shop', 2);
      kept.slack = await aSlack(site);
      return { SlackSecretArn: await keepWebhook(createSeedClients(site.account), kept.slack.url) };
    },
  });
  const read = await subscribed(stack, stack.output('AlertTopicArn'));
  let seen = 0;
  return {
    ...stack,
    /** What is told of the world as it is, `state rule: what` in both channels. */
    async heard() {
      await stack.ask({});
      await stack.letPass(DIGEST_SECONDS);
      const slack = kept.slack?.taken.slice(seen).map(slackText) ?? [];
      seen += slack.length;
      const byTopic = (await read()).map(({ text, attributes }) => {
        const said = /^- (.*)$/m.exec(text)?.[1] ?? '';
        const [rule = ''] = JSON.parse(attributes['rule'] ?? '[]') as readonly string[];
        return `${attributes['state'] ?? ''} ${rule}: ${said}`;
      });
      const bySlack = slack.flatMap((text) =>
        [...text.matchAll(/`(\S+)` \*(\w+)\*\n.*\n• (.*)$/gm)].map(
          ([, rule = '', state = '', said = '']) => `${state} ${rule}: ${said}`,
        ),
      );
      expect(bySlack).toEqual(byTopic);
      return byTopic;
    },
  };
}

const because = 'starts its tasks with ECS Exec, which does not work over IPv6 alone.';
const isWithheld = (name: string): string =>
  `withheld withheld-kill-switch-off: disable-exec of service/shop/${name}, for ${EXEC}, is withheld: the kill switch does not read exactly \`on\`.`;
const exemption = `The exemption of \`arn:aws:ecs:*:*:service/shop/s000\` from ${EXEC} (team-x: moves in spring)`;
const broken =
  'The policy is invalid, the last valid one goes on in observe mode: /ecs-ipv6/policy:2 moed unknown key "moed" (did you mean mode?)';

it('tells of what is withheld, of exemptions that end and of a policy that breaks, each once', async () => {
  const auto = onlyExec('high').replace('severity: high', 'severity: high, remedy: auto');
  const resource = 'arn:aws:ecs:*:*:service/shop/s000';
  const exempt = `exemptions:\n  - { rule: ${EXEC}, resource: "${resource}", reason: moves in spring, owner: team-x, until: 2026-11-22 }\n`;
  const policy = policyText('enforce', `${auto}${exempt}`);
  const stack = await told(policy);
  expect(await stack.heard()).toEqual([
    `new ${EXEC}: s001 ${because}`,
    isWithheld('s001'),
    `expiring exemption-expiring: ${exemption} ends with 2026-11-22: from the next day on it is judged again.`,
  ]);
  expect(await stack.heard()).toEqual([]);
  await stack.put('policy', policy.replace('mode:', 'moed:'));
  expect(await stack.heard()).toEqual([expect.stringContaining(`new policy-broken: ${broken}`)]);
  expect(await stack.heard()).toEqual([]);
  await stack.put('policy', policy);
  expect(await stack.heard()).toEqual([expect.stringContaining(`resolved policy-broken: was: ${broken}`)]);
  await stack.clock.advance(15 * HOUR_MS);
  expect(await stack.heard()).toEqual([
    `new ${EXEC}: s000 ${because}`,
    isWithheld('s000'),
    `expired exemption-expired: ${exemption} ended with 2026-11-22: it is judged again.`,
  ]);
  // for a day nothing follows from the end of the exemption, which has been told
  await stack.put('enforcement', 'on');
  expect([...(await stack.heard()), ...(await stack.heard())]).toEqual([`resolved ${EXEC}: was: s001 ${because}`]);
  expect(await stack.heard()).toEqual([]);
});
