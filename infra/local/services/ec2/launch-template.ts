/** Launch templates: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html */
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { idFormat, invalidCombination, malformedId } from './ec2-error';

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly description: string | undefined;
  readonly createdAt: Date;
  /** ARN of the caller. */
  readonly createdBy: string;
  readonly content: RequestLaunchTemplateData;
}

export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** By number, rising; a number is never given twice. */
  readonly versions: Map<number, LaunchTemplateVersion>;
  defaultVersion: number;
  /** Of the last version made, even if it was deleted since. */
  lastNumber: number;
}

/** How requests name a template: by exactly one of the two. */
export interface TemplateName {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

export const LATEST = '$Latest';
export const DEFAULT = '$Default';

const ID_FORMAT = idFormat('lt', 'InvalidLaunchTemplateId.Malformed');

export const LAUNCH_TEMPLATE: Kind = {
  notFound: 'InvalidLaunchTemplateId.NotFound',
  noun: 'launch template ID',
  format: ID_FORMAT,
};

/** By id, in order of creation. */
export const launchTemplates = defineReplicatedStore(() => new Map<string, LaunchTemplate>());

export function findTemplateByName(scope: Scope, name: string): LaunchTemplate | undefined {
  return [...launchTemplates(scope).values()].find((template) => template.name === name);
}

/** The template that the request names. Throws EC2's errors for no name, two names, and a name of nothing. */
export function requireTemplate(scope: Scope, { LaunchTemplateId: id, LaunchTemplateName: name }: TemplateName) {
  if (id !== undefined && name !== undefined) {
    // the code is a guess: AWS documents that the two exclude each other
    throw invalidCombination('You must specify either the launch template ID or the launch template name, not both.');
  }
  if (id === undefined && name === undefined) {
    throw new ApiError(
      'MissingParameter',
      'The request must contain either the launch template ID or the launch template name.',
    );
  }
  return id === undefined ? templateByName(scope, name ?? '') : templateById(scope, id);
}

function templateById(scope: Scope, id: string): LaunchTemplate {
  if (!ID_FORMAT.pattern.test(id)) throw malformedId(ID_FORMAT, id);
  const template = launchTemplates(scope).get(id);
  if (template) return template;
  throw new ApiError(
    LAUNCH_TEMPLATE.notFound,
    `The specified launch template, with template ID ${id}, does not exist.`,
  );
}

function templateByName(scope: Scope, name: string): LaunchTemplate {
  const template = findTemplateByName(scope, name);
  if (template) return template;
  throw new ApiError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}

/** The highest of the versions that are there: the default one always is. */
export function latestVersion(template: LaunchTemplate): number {
  return Math.max(...template.versions.keys());
}

/** Undefined for a number that no version has. */
export function findVersion(template: LaunchTemplate, wanted: string): LaunchTemplateVersion | undefined {
  if (wanted === LATEST) return template.versions.get(latestVersion(template));
  if (wanted === DEFAULT) return template.versions.get(template.defaultVersion);
  return /^\d+$/.test(wanted) ? template.versions.get(Number(wanted)) : undefined;
}

/** @param wanted a number, `$Latest` or `$Default`; the default version if absent */
export function requireVersion(template: LaunchTemplate, wanted: string = DEFAULT): LaunchTemplateVersion {
  const version = findVersion(template, wanted);
  if (version) return version;
  throw new ApiError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${wanted} for the launch template with ID ${template.id}.`,
  );
}
