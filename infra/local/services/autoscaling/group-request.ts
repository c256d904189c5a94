/** What requests say of a group, checked as AWS checks it. */
import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { requireImage } from '../ec2/image-operations';
import { findInstanceType } from '../ec2/instance-type';
import { requireTemplate, requireVersion } from '../ec2/launch-template';
import { requireSubnet } from '../ec2/subnet';
import type { LaunchTemplateReference } from './state';
import { validationError } from './state';

/** Errors of EC2 come back as a complaint about the request. */
function fromEc2<Result>(prefix: string, ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ApiError) throw validationError(`${prefix}${error.message}`);
    throw error;
  }
}

/** The template, which has to be there and to say what to launch; whether it can be launched is seen when it is. */
export function checkTemplate(
  scope: Scope,
  reference: LaunchTemplateSpecification | undefined,
): LaunchTemplateReference {
  if (!reference) {
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  }
  return fromEc2('You must use a valid fully-formed launch template. ', () => {
    const template = requireTemplate(scope, reference);
    const { ImageId, InstanceType } = requireVersion(template, reference.Version).content;
    if (ImageId === undefined) throw validationError('The request must contain the parameter ImageId');
    if (InstanceType === undefined) throw validationError('The request must contain the parameter InstanceType');
    requireImage(ImageId);
    if (!findInstanceType(InstanceType)) throw validationError(`Invalid value '${InstanceType}' for InstanceType.`);
    return { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: reference.Version };
  });
}

/** `subnet-1,subnet-2`: all there, and all of one VPC. */
export function checkSubnets(scope: Scope, identifier: string | undefined): readonly string[] {
  const ids = (identifier ?? '').split(',').flatMap((id) => id.trim() || []);
  if (ids.length === 0) throw validationError('At least one Availability Zone or VPC Subnet is required.');
  const subnets = ids.map((id) => fromEc2('', () => requireSubnet(scope, id)));
  // that AWS refuses two VPCs is documented, its words are not
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
    throw validationError('All subnets of an Auto Scaling group must be in the same VPC.');
  }
  return ids;
}

export interface Size {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

export function checkSize({ min, max, desired }: Size): Size {
  if (min < 0 || max < 0) throw validationError('Sizes of an Auto Scaling group must not be negative.');
  if (max < min)
    throw validationError(`Max bound, ${String(max)}, must be greater than or equal to min bound, ${String(min)}`);
  if (desired < min || desired > max) {
    throw validationError(
      `Desired capacity:${String(desired)} must be between the specified min size:${String(min)} and max size:${String(max)}`,
    );
  }
  return { min, max, desired };
}

/** `EC2`, `ELB`, or both joined by a comma. Other kinds of checks are not simulated. */
export function checkHealthType(type: string): string {
  if (type.split(',').every((each) => each === 'EC2' || each === 'ELB')) return type;
  throw new ApiError('NotImplemented', `The health check type ${type} is not simulated by the local account.`, 501);
}
