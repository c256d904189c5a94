import { ecsOptimizedAmiNames } from '../facts/ecs-optimized-amis';
import { defineRule } from './define-rule';
import { newestImage } from './fix/host-image';
import { originOf } from './host/image-origin';
import { architectureOf, knownAs } from './host/known-as';

const allowImages: readonly string[] = [];

/** AWS supports IPv6-only on its own ECS-optimized Linux AMIs, and says nothing of others. */
export const instanceAmiNotEcsOptimized = defineRule({
  meta: {
    id: 'instance-ami-not-ecs-optimized',
    title: 'Container instance runs an AMI that is not an ECS-optimized Linux AMI',
    kind: 'instance',
    severity: 'medium',
    remedy: 'suggest',
    source: { url: ecsOptimizedAmiNames.url, checked: ecsOptimizedAmiNames.checked },
    facts: [ecsOptimizedAmiNames],
    reads: [
      ...['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
      'ec2:DescribeImages',
    ],
    messages: {
      other: '{{id}} runs {{image}}, an AMI of Amazon that is not one of the ECS-optimized Linux AMIs.',
      custom:
        "{{id}} runs {{image}}, which is not Amazon's; AWS does not say whether an AMI made from an ECS-optimized one will do.",
    },
  },
  /** Globs of the ids or names of AMIs that are fit for it. */
  defaults: { allowImages },
  check({ resource: instance, snapshot, options, fact }) {
    const hosts = knownAs(snapshot, instance);
    if (hosts.length === 0) return [];
    const origin = originOf(snapshot, instance, { fit: fact(ecsOptimizedAmiNames), allowed: options.allowImages });
    if (origin === 'fit') return [];
    if ('call' in origin) return [{ gap: origin }];
    const { id, name, ownerAlias } = origin;
    const isAmazons = ownerAlias === 'amazon';
    return [
      {
        messageId: isAmazons ? 'other' : 'custom',
        severity: isAmazons ? 'medium' : 'info',
        values: { id: instance.id, image: `${name ?? 'an AMI without a name'} (${id})` },
        desired: { ecsOptimized: true },
        actual: { ecsOptimized: false, imageId: id, name, ownerAlias },
        related: hosts,
        fix: [newestImage(snapshot, architectureOf(snapshot, instance))],
      },
    ];
  },
});
