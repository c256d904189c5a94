import type { ResourceType, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { invalidValue } from './ec2-error';
import type { Tags } from './tag';
import { checkTags, tagsOf } from './tag';

/** Tags of a resource as answers carry them; absent if it has none. */
export function tagList(scope: Scope, resourceId: string): Tag[] | undefined {
  const tags = [...tagsOf(scope, resourceId)].map(([Key, Value]) => ({ Key, Value }));
  return tags.length > 0 ? tags : undefined;
}

/** Tags that a Create call gives to the resources of a type; other types than those it makes are refused. */
export function tagsFor(
  type: ResourceType,
  specifications: readonly TagSpecification[] = [],
  creates: readonly ResourceType[] = [type],
): Tags {
  for (const { ResourceType: asked } of specifications) {
    if (asked !== undefined && creates.includes(asked)) continue;
    throw invalidValue(`'${asked ?? 'null'}' is not a valid taggable resource type for this operation.`);
  }
  return checkTags(specifications.filter((each) => each.ResourceType === type).flatMap(({ Tags: tags = [] }) => tags));
}
