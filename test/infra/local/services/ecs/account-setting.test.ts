import type { SettingName } from '@aws-sdk/client-ecs';
import {
  ListAccountSettingsCommand,
  PutAccountSettingCommand,
  PutAccountSettingDefaultCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aDefinition, aSite, describeTasks } from './a-site';
import { one } from './one';

/** AWS has it, the SDK's list does not. */
const DUAL_STACK = 'dualStackIPv6' as SettingName;

async function effective({ ecs }: Site, name: SettingName): Promise<string | undefined> {
  const { settings } = await ecs.send(new ListAccountSettingsCommand({ name, effectiveSettings: true }));
  return one(settings).value;
}

describe('account settings', () => {
  it('have defaults, which show only when asked for', async () => {
    const site = await aSite();
    expect(await effective(site, 'taskLongArnFormat')).toBe('enabled');
    expect(await effective(site, DUAL_STACK)).toBe('enabled');
    expect((await site.ecs.send(new ListAccountSettingsCommand({}))).settings).toEqual([]);
    const { settings, nextToken } = await site.ecs.send(new ListAccountSettingsCommand({ effectiveSettings: true }));
    expect([settings?.length, nextToken !== undefined]).toEqual([10, true]);
  });

  it('switch the IPv6 addresses of tasks in dual-stack subnets off', async () => {
    const site = await aSite();
    await site.ecs.send(new PutAccountSettingDefaultCommand({ name: DUAL_STACK, value: 'disabled' }));
    expect(await effective(site, DUAL_STACK)).toBe('disabled');
    await aDefinition(site);
    for (const { id } of [site.dualA, site.ipv6A]) {
      const networkConfiguration = { awsvpcConfiguration: { subnets: [id] } };
      await site.ecs.send(
        new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration }),
      );
    }
    await site.clock.advance(2_000);
    const addresses = (await describeTasks(site)).map(({ containers }) => one(one(containers).networkInterfaces));
    expect(addresses.map(({ privateIpv4Address, ipv6Address }) => [!privateIpv4Address, !ipv6Address])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('refuse names that are none, and values that would do nothing here', async () => {
    const site = await aSite();
    const put = (name: SettingName, value: string) => site.ecs.send(new PutAccountSettingCommand({ name, value }));
    await expect(put('nonsense' as SettingName, 'enabled')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(put('awsvpcTrunking', 'enabled')).rejects.toMatchObject({ name: 'NotImplemented' });
    const { setting } = await put('containerInsights', 'enabled');
    expect(setting).toMatchObject({ name: 'containerInsights', value: 'enabled' });
    expect(await effective(site, 'containerInsights')).toBe('enabled');
  });
});
