/** What requests say of launch templates, and what answers show. */
import type {
  LaunchTemplate as TemplateShape,
  LaunchTemplateVersion as VersionShape,
  RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Authorization, Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { missingParameter } from './ec2-error';
import type { LaunchTemplate, LaunchTemplateVersion, TemplateName } from './launch-template';
import { findTemplateByName, latestVersion } from './launch-template';
import { LAUNCH_PARAMETERS } from './launch-parameters';
import { tagList } from './tag-shape';

/** What RunInstances honours, a template may hold: paths for `Operation.accepts`. */
export const TEMPLATE_PARAMETERS = LAUNCH_PARAMETERS.map((name) => `LaunchTemplateData.${name}`);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
const NAME = /^[a-zA-Z0-9().\-/_]{3,128}$/;

export function checkName(scope: Scope, name: string): string {
  if (!NAME.test(name)) {
    throw new ApiError(
      'InvalidLaunchTemplateName.MalformedException',
      'A launch template name has 3 to 128 characters: letters, numbers and ( ) . - / _',
    );
  }
  if (!findTemplateByName(scope, name)) return name;
  throw new ApiError('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.');
}

/** Whether a template could launch anything is seen when it does. */
export function checkContent(content: RequestLaunchTemplateData | undefined): RequestLaunchTemplateData {
  if (content && Object.keys(content).length > 0) return content;
  throw missingParameter('LaunchTemplateData');
}

/** IAM's question about one template, which need not exist. */
export function onTemplate({ LaunchTemplateId, LaunchTemplateName = '' }: TemplateName, call: Call): Authorization[] {
  const id = LaunchTemplateId ?? findTemplateByName(call.scope, LaunchTemplateName)?.id ?? '*';
  return [{ action: `ec2:${call.operation}`, resource: arn(call.scope, 'ec2', `launch-template/${id}`) }];
}

export function templateShape(scope: Scope, template: LaunchTemplate): TemplateShape {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    CreateTime: template.createdAt,
    CreatedBy: template.createdBy,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: latestVersion(template),
    Tags: tagList(scope, template.id),
  };
}

export function versionShape(template: LaunchTemplate, version: LaunchTemplateVersion): VersionShape {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    VersionDescription: version.description,
    CreateTime: version.createdAt,
    CreatedBy: version.createdBy,
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: version.content,
  };
}
