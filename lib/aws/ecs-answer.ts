/** What ECS answers to a batch of names or ARNs. */
import type { Failure } from '@aws-sdk/client-ecs';
import type { Batch } from './read';

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** One call asks for things of one kind in one cluster, asked for by name or by ARN; old ARNs leave out the cluster. */
const sameResource = (key: string, arn: string): boolean => nameOf(key) === nameOf(arn);

export interface EcsAnswer<Item> {
  readonly keys: readonly string[];
  readonly items: readonly Item[] | undefined;
  readonly arnOf: (item: Item) => string | undefined;
  readonly failures: readonly Failure[] | undefined;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html */
const MISSING = 'MISSING';

/** ECS says for each key what became of it: an item, or a failure with its reason. */
export function toBatch<Item>({ keys, items = [], arnOf, failures = [] }: EcsAnswer<Item>): Batch<Item> {
  const found = items.map(arnOf).filter((arn) => arn !== undefined);
  const reasonOf = (key: string) => failures.find(({ arn = '' }) => sameResource(key, arn));
  const rest = keys.filter((key) => !found.some((arn) => sameResource(key, arn)));
  const missing = rest.filter((key) => reasonOf(key)?.reason === MISSING);
  const unexplained = rest
    .filter((key) => !missing.includes(key))
    .map((key) => ({ key, message: reasonOf(key)?.reason ?? 'it is in neither the answer nor its failures' }));
  return { items, missing, unexplained };
}
