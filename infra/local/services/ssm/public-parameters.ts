/**
 * What AWS publishes in Parameter Store about its ECS-optimized images.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
import { arn, type Scope } from '../../kernel/scope';
import { IMAGES, type EcsImage, type Image } from '../ec2/image';
import type { StoredParameter } from './parameters';

const ROOT = '/aws/service/ecs/optimized-ami';

/** Reserved for AWS; the ARN of such a parameter names no account. */
export const isPublic = (name: string): boolean => name.startsWith('/aws/');

type Optimized = Image & { readonly ecs: EcsImage };
const optimized = IMAGES.filter((image): image is Optimized => image.ecs !== undefined);

function metadata({ id, name, ecs }: Optimized): Readonly<Record<string, string>> {
  const os = ecs.family.startsWith('amazon-linux-2023') ? 'Amazon Linux 2023' : 'Amazon Linux 2';
  return {
    ecs_agent_version: ecs.agentVersion,
    ecs_runtime_version: `Docker version ${ecs.dockerVersion}`,
    image_id: id,
    image_name: name,
    image_version: name.replace(/^.*?-hvm-/, '').replace(/-.*$/, ''),
    os,
    schema_version: '1',
  };
}

/** The whole metadata under the image's name, and the newest of a family once more, also member by member. */
function valuesOf(image: Optimized): readonly (readonly [name: string, value: string])[] {
  const { family } = image.ecs;
  const described = metadata(image);
  const isNewest = optimized.find(({ ecs }) => ecs.family === family) === image;
  const recommended = `${ROOT}/${family}/recommended`;
  return [
    [`${ROOT}/${family}/${image.name}`, JSON.stringify(described)],
    ...(isNewest ? [[recommended, JSON.stringify(described)] as const] : []),
    ...(isNewest ? Object.entries(described).map(([key, value]) => [`${recommended}/${key}`, value] as const) : []),
  ];
}

const values = new Map(
  optimized.flatMap((image) =>
    valuesOf(image).map(([name, value]) => [name, { value, at: new Date(image.creationDate) }] as const),
  ),
);

export const publicParameterArn = ({ partition, region }: Pick<Scope, 'partition' | 'region'>, name: string): string =>
  arn({ partition, region, account: '' }, 'ssm', `parameter${name}`);

/** By name, in name order. */
export function publicParameters(scope: Pick<Scope, 'partition' | 'region'>): readonly StoredParameter[] {
  return [...values]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { value, at }]) => ({
      ...{ name, value, arn: publicParameterArn(scope, name) },
      ...{ type: 'String', tier: 'Standard', description: undefined, version: 1, modifiedAt: at },
    }));
}
