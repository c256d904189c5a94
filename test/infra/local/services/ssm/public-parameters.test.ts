import { GetParameterCommand, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { findImage, IMAGES } from '../../../../../infra/local/services/ec2/image';
import { ssm } from '../../../../../infra/local/services/ssm/ssm';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

const ROOT = '/aws/service/ecs/optimized-ami';

async function aClient(): Promise<SSMClient> {
  return new SSMClient(clientSettings(await withLocalAccount({ services: [ssm] })));
}

describe('what AWS publishes of its images', () => {
  it.each(['amazon-linux-2023', 'amazon-linux-2023/arm64', 'amazon-linux-2'])('%s: the newest', async (family) => {
    const client = await aClient();
    const valueOf = async (name: string): Promise<string> => {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: `${ROOT}/${family}/${name}` }));
      expect(Parameter?.ARN).toBe(`arn:aws:ssm:eu-west-2::parameter${ROOT}/${family}/${name}`);
      return Parameter?.Value ?? '';
    };
    const image = findImage(await valueOf('recommended/image_id'));
    const dates = IMAGES.filter(({ ecs }) => ecs?.family === family).map(({ creationDate }) => creationDate);
    expect(image).toMatchObject({ ecs: { family }, creationDate: dates.sort().at(-1) });
    const described: unknown = JSON.parse(await valueOf('recommended'));
    expect(described).toMatchObject({ image_id: image?.id, ecs_agent_version: image?.ecs?.agentVersion });
    expect(JSON.parse(await valueOf(image?.name ?? ''))).toEqual(described);
  });

  it('can be listed by path, older ones too, and is no parameter of the account', async () => {
    const client = await aClient();
    const names: (string | undefined)[] = [];
    const pages = paginateGetParametersByPath({ client }, { Path: `${ROOT}/amazon-linux-2023`, Recursive: false });
    for await (const { Parameters = [] } of pages) names.push(...Parameters.map(({ Name }) => Name));
    expect(names).toContain(`${ROOT}/amazon-linux-2023/recommended`);
    expect(names.filter((name) => name?.includes('al2023-ami-ecs-hvm'))).toHaveLength(3);
    await expect(
      client.send(new GetParameterCommand({ Name: `${ROOT}/amazon-linux-2023/recommended/nothing` })),
    ).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
});
