import { deleteManagedPolicy, deleteRole, putManagedPolicy, putRole } from '../../iam/roles';
import type { Entries } from '../template/parse-template';
import type { Provided, ProviderContext, ResourceProvider } from '../template/stack';
import { mapsOf, optionalText, textsOf } from './runtime-context';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export function roleProvider(): ResourceProvider {
  const put = (properties: Entries, { scope, generatedName }: ProviderContext): Provided => {
    const role = putRole(scope, {
      name: optionalText(properties, 'RoleName') ?? generatedName,
      inline: mapsOf(properties, 'Policies').map((policy) => policy['PolicyDocument']),
      managedPolicyArns: textsOf(properties, 'ManagedPolicyArns'),
      boundaryArn: optionalText(properties, 'PermissionsBoundary'),
    });
    return { ref: role.name, attributes: { Arn: role.arn } };
  };
  return {
    type: 'AWS::IAM::Role',
    accepts: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'PermissionsBoundary', 'Policies', 'RoleName'],
    create: put,
    update: (_before, properties, context) => put(properties, context),
    remove({ attributes }, { scope }) {
      deleteRole(scope, attributes['Arn'] ?? '');
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export function managedPolicyProvider(): ResourceProvider {
  const put = (properties: Entries, { scope, generatedName }: ProviderContext): Provided => {
    const name = optionalText(properties, 'ManagedPolicyName') ?? generatedName;
    const arn = putManagedPolicy(scope, name, properties['PolicyDocument']);
    return { ref: arn, attributes: { PolicyArn: arn } };
  };
  return {
    type: 'AWS::IAM::ManagedPolicy',
    accepts: ['Description', 'ManagedPolicyName', 'PolicyDocument'],
    create: put,
    update: (_before, properties, context) => put(properties, context),
    remove({ ref }, { scope }) {
      deleteManagedPolicy(scope, ref);
    },
  };
}
