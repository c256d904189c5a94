import { matchesGlob } from '../../evaluate/glob';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { Image } from '../../snapshot/host-resources';
import type { Instance, Snapshot } from '../../snapshot/snapshot';

const call = 'ec2:DescribeImages';
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-bottlerocket.html */
const BOTTLEROCKET = 'bottlerocket-*';

/** Globs of names and ids. */
export interface Fitness {
  /** Names of Amazon's own images that are fit. */
  readonly fit: readonly string[];
  /** Names or ids of any that somebody allows. */
  readonly allowed: readonly string[];
}

function untold(snapshot: Snapshot, id: string): Cause {
  const message = `${id} is not there any more, or not shared with this account; if it is fit, add it to options.allowImages`;
  return gapFor(snapshot, 'images', id) ?? { call, reason: 'image not there', message };
}

const matchesAny = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesGlob(pattern, text));

/** Nobody but Amazon can have its alias, so that the name can be believed. */
function ofAmazon(image: Image, fit: readonly string[]): Image | Cause | 'fit' {
  const { id, name } = image;
  if (name === undefined) return { call, reason: 'no name', message: `Amazon gives ${id} no name` };
  if (matchesAny(fit, name)) return 'fit';
  if (!matchesGlob(BOTTLEROCKET, name)) return image;
  const message = `AWS does not say whether Bottlerocket (${name}) supports IPv6-only; if so, add it to options.allowImages`;
  return { call, reason: 'Bottlerocket', message };
}

/** The image if it is not fit, or why that cannot be told. */
export function originOf(
  snapshot: Snapshot,
  { id: instanceId, imageId }: Instance,
  { fit, allowed }: Fitness,
): Image | Cause | 'fit' {
  if (imageId === undefined)
    return { call: 'ec2:DescribeInstances', reason: 'no image', message: `${instanceId} names none` };
  if (matchesAny(allowed, imageId)) return 'fit';
  const image = snapshot.images.get(imageId);
  if (!image) return untold(snapshot, imageId);
  if (matchesAny(allowed, image.name ?? '')) return 'fit';
  return image.ownerAlias === 'amazon' ? ofAmazon(image, fit) : image;
}
