import {
  InstanceAttributeName,
  type DescribeInstanceAttributeRequest,
  type InstanceAttribute,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { arn, type Scope } from '../../kernel/scope';
import { invalidValue } from './ec2-error';
import type { Instance } from './instance';
import { INSTANCE, requireInstances } from './instance';
import { checkId } from './listing';
import { interfacesOfInstance } from './network-interface';
import { groupIdentifiers } from './network-interface-shape';

type Read = (scope: Scope, instance: Instance) => InstanceAttribute;

const ATTRIBUTES: Readonly<Record<string, Read>> = {
  groupSet: (scope, { id }) => ({ Groups: groupIdentifiers(scope, interfacesOfInstance(scope, id)[0]?.groups ?? []) }),
  instanceType: (_, { type }) => ({ InstanceType: { Value: type.name } }),
  rootDeviceName: (_, { image }) => ({ RootDeviceName: { Value: image.rootDevice } }),
  sourceDestCheck: (scope, { id }) => ({
    SourceDestCheck: { Value: interfacesOfInstance(scope, id)[0]?.sourceDestCheck },
  }),
  userData: (_, { userData }) => ({ UserData: { Value: userData } }),
};

export const describeInstanceAttribute = operation<DescribeInstanceAttributeRequest, InstanceAttribute>({
  accepts: ['InstanceId', 'Attribute'],
  authorize: ({ InstanceId = '*' }, { scope }) => [
    { action: 'ec2:DescribeInstanceAttribute', resource: arn(scope, 'ec2', `instance/${InstanceId}`) },
  ],
  run({ InstanceId = '', Attribute = '' }, { scope }) {
    checkId(INSTANCE, InstanceId);
    const [instance] = requireInstances(scope, [InstanceId]);
    const read = Object.hasOwn(ATTRIBUTES, Attribute) ? ATTRIBUTES[Attribute] : undefined;
    if (!instance || !read) {
      const known: readonly string[] = Object.values(InstanceAttributeName);
      if (!known.includes(Attribute))
        throw invalidValue(`Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`);
      throw new ApiError('NotImplemented', `The attribute ${Attribute} is not simulated by the local account.`, 501);
    }
    return { InstanceId, ...read(scope, instance) };
  },
});
