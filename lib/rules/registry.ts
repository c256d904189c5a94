/** Every rule, in alphabetical order of its id. */
import { cloudmapInstanceOrphaned } from './cloudmap-instance-orphaned';
import { imageNotDualStack } from './image-not-dual-stack';
import { instanceAgentTooOld } from './instance-agent-too-old';
import { instanceWithoutPrimaryIpv6 } from './instance-without-primary-ipv6';
import type { Rule } from './rule';
import { serviceTargetGroupNotIpv6 } from './service-target-group-not-ipv6';
import { targetOrphaned } from './target-orphaned';
import { taskWithoutIpv6 } from './task-without-ipv6';

export const rules: readonly Rule[] = [
  cloudmapInstanceOrphaned,
  imageNotDualStack,
  instanceAgentTooOld,
  instanceWithoutPrimaryIpv6,
  serviceTargetGroupNotIpv6,
  targetOrphaned,
  taskWithoutIpv6,
];
