import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aBridgeDefinition, aDefinition, aSite } from './a-site';

const app = { name: 'app', image: 'nginx', memory: 64 };

describe('task definitions', () => {
  it('count up in their family, and show what AWS adds', async () => {
    const site = await aSite();
    await aDefinition(site);
    const arn = await aDefinition(site, {
      executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
      cpu: '.5 vCPU',
      memory: '1GB',
      tags: [{ key: 'team', value: 'web' }],
    });
    expect(arn).toBe('arn:aws:ecs:eu-west-2:111122223333:task-definition/web:2');
    const { taskDefinition, tags } = await site.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'web', include: ['TAGS'] }),
    );
    expect(tags).toEqual([{ key: 'team', value: 'web' }]);
    expect(taskDefinition).toMatchObject({
      ...{ revision: 2, status: 'ACTIVE', cpu: '512', memory: '1024', networkMode: 'awsvpc' },
      compatibilities: ['EC2', 'FARGATE'],
      containerDefinitions: [
        {
          ...{ name: 'app', cpu: 0, essential: true, environment: [], mountPoints: [], volumesFrom: [] },
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
        },
      ],
    });
    expect(taskDefinition?.requiresAttributes).toContainEqual({ name: 'ecs.capability.task-eni' });
  });

  it('on the bridge leave the host port to the host', async () => {
    const site = await aSite();
    const containerDefinitions = [{ ...app, portMappings: [{ containerPort: 80 }] }];
    await aBridgeDefinition(site, { containerDefinitions, networkMode: undefined });
    const { taskDefinition } = await site.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    expect(taskDefinition?.containerDefinitions?.[0]?.portMappings).toEqual([
      { containerPort: 80, hostPort: 0, protocol: 'tcp' },
    ]);
    expect(taskDefinition).toMatchObject({ compatibilities: ['EXTERNAL', 'EC2'] });
    expect(taskDefinition).not.toHaveProperty('networkMode');
  });

  it.each<{ fault: string; given: Partial<RegisterTaskDefinitionCommandInput>; error: RegExp }>([
    { fault: 'no container', given: { containerDefinitions: [] }, error: /Container list cannot be empty/ },
    { fault: 'a bad family', given: { family: 'a b' }, error: /Family/ },
    {
      fault: 'no memory at all',
      given: {
        requiresCompatibilities: ['EC2'],
        memory: undefined,
        containerDefinitions: [{ name: 'app', image: 'x' }],
      },
      error: /At least one of 'memory' or 'memoryReservation'/,
    },
    { fault: 'Fargate on the bridge', given: { networkMode: 'bridge' }, error: /only supports network mode 'awsvpc'/ },
    { fault: 'Fargate without a size', given: { cpu: undefined }, error: /'cpu' be defined at the task level/ },
    { fault: 'a size Fargate lacks', given: { cpu: '256', memory: '4096' }, error: /No Fargate configuration exists/ },
    { fault: 'a size that is none', given: { cpu: 'much' }, error: /Invalid 'cpu' setting/ },
    {
      fault: 'a host port of its own',
      given: { containerDefinitions: [{ ...app, portMappings: [{ containerPort: 80, hostPort: 81 }] }] },
      error: /host ports and container ports in port mappings must match/,
    },
    { fault: 'names twice', given: { containerDefinitions: [app, app] }, error: /unique/ },
    { fault: 'nothing essential', given: { containerDefinitions: [{ ...app, essential: false }] }, error: /essential/ },
  ])('refuses $fault', async ({ given, error }) => {
    const site = await aSite();
    const refused = expect(aDefinition(site, given)).rejects;
    await refused.toMatchObject({ name: 'ClientException' });
    await expect(aDefinition(site, given)).rejects.toThrow(error);
  });

  it('that are deregistered can be seen but not used', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aDefinition(site, { family: 'api' });
    const { taskDefinition } = await site.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    expect(taskDefinition?.status).toBe('INACTIVE');
    const listed = await site.ecs.send(new ListTaskDefinitionsCommand({}));
    expect(listed.taskDefinitionArns).toEqual([expect.stringMatching(/task-definition\/api:1$/)]);
    const gone = await site.ecs.send(new ListTaskDefinitionsCommand({ status: 'INACTIVE' }));
    expect(gone.taskDefinitionArns).toEqual([expect.stringMatching(/task-definition\/web:1$/)]);
    const families = await site.ecs.send(new ListTaskDefinitionFamiliesCommand({ status: 'INACTIVE' }));
    expect(families.families).toEqual(['web']);
    const run = (taskDefinition: string) => site.ecs.send(new RunTaskCommand({ cluster: 'prod', taskDefinition }));
    await expect(run('web:1')).rejects.toThrow(/inactive/);
    await expect(run('web')).rejects.toThrow(/TaskDefinition not found/);
    await expect(site.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'none' }))).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    });
  });

  it('are listed by family and order', async () => {
    const site = await aSite();
    for (let revision = 0; revision < 3; revision++) await aDefinition(site);
    await aDefinition(site, { family: 'website' });
    const { taskDefinitionArns = [] } = await site.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'web', sort: 'DESC', maxResults: 2 }),
    );
    expect(taskDefinitionArns.map((arn) => arn.split('/')[1])).toEqual(['web:3', 'web:2']);
    const { families } = await site.ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: 'web' }));
    expect(families).toEqual(['web', 'website']);
  });
});
