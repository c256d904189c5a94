import { ListContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aHost, aSite } from './a-site';

describe('a filter of ListContainerInstances', () => {
  it('finds hosts by their EC2 instances', async () => {
    const site = await aSite();
    const first = await aHost(site, { subnet: site.dualA });
    const second = await aHost(site, { subnet: site.dualA });
    const list = async (filter: string) => {
      const { containerInstanceArns = [] } = await site.ecs.send(
        new ListContainerInstancesCommand({ cluster: 'prod', filter }),
      );
      return [...containerInstanceArns].sort();
    };
    expect(await list(`ec2InstanceId == ${first.ec2InstanceId}`)).toEqual([first.arn]);
    expect(await list(`ec2InstanceId in ['${first.ec2InstanceId}', "${second.ec2InstanceId}",i-0]`)).toEqual(
      [first.arn, second.arn].sort(),
    );
    expect(await list('ec2InstanceId in [i-0123456789abcdef0]')).toEqual([]);
  });

  it.each([
    ['ec2InstanceId in i-1', 'InvalidParameterException'],
    ['agentVersion >= 1.99.1', 'NotImplemented'],
    ['ec2InstanceId == i-1 and agentConnected==true', 'NotImplemented'],
    ['ec2InstanceId != i-1', 'NotImplemented'],
  ])('%s is refused', async (filter, code) => {
    const { ecs } = await aSite();
    const command = new ListContainerInstancesCommand({ cluster: 'prod', filter });
    await expect(ecs.send(command)).rejects.toMatchObject({ name: code });
  });
});
