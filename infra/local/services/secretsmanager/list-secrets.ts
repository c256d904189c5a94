/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
import type { Filter, ListSecretsRequest, ListSecretsResponse, SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import type { Secret } from './secret';
import { secrets } from './secret';
import { metadataOf, stagesOf } from './secret-operations';
import { invalidParameter, outOfBounds } from './secrets-error';

const MAX_PAGE = 100;
const MAX_FILTERS = 10;
const MAX_VALUES = 10;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html: the beginning of any of these decides. */
const TEXTS: Readonly<Record<string, (secret: Secret) => readonly string[]>> = {
  name: ({ name }) => [name],
  description: ({ description = '' }) => [description.toLowerCase()],
  'tag-key': ({ tags }) => [...tags.keys()],
  'tag-value': ({ tags }) => [...tags.values()],
};

type Test = (secret: Secret) => boolean;

/** All filters must hold, of each any of its values; `!` in front of a value negates it. */
function testOf(filters: readonly Filter[] = []): Test {
  if (filters.length > MAX_FILTERS) throw outOfBounds('filters', `Member must have at most ${MAX_FILTERS} items`);
  const tests = filters.map(testOfOne);
  return (secret) => tests.every((test) => test(secret));
}

function testOfOne({ Key, Values = [] }: Filter): Test {
  if (Values.length > MAX_VALUES) throw outOfBounds('values', `Member must have at most ${MAX_VALUES} items`);
  if (Values.length === 0) throw invalidParameter(`Filter ${String(Key)} has no values.`);
  const texts = TEXTS[String(Key)];
  if (!texts) throw new ApiError('NotImplemented', `Filter ${String(Key)} is not simulated by the local account.`, 501);
  const spelt = Key === 'description' ? Values.map((value) => value.toLowerCase()) : Values;
  return (secret) => spelt.some((value) => begins(texts(secret), value));
}

function begins(texts: readonly string[], value: string): boolean {
  if (value.startsWith('!')) return !begins(texts, value.slice(1));
  return texts.some((text) => text.startsWith(value));
}

function entryOf(secret: Secret): SecretListEntry {
  return { ...metadataOf(secret), SecretVersionsToStages: stagesOf(secret) };
}

export const listSecrets = operation<ListSecretsRequest, ListSecretsResponse>({
  accepts: ['IncludePlannedDeletion', 'MaxResults', 'NextToken', 'Filters', 'SortOrder'],
  run(request, { scope }) {
    const { IncludePlannedDeletion = false, MaxResults = MAX_PAGE, NextToken, SortOrder = 'desc' } = request;
    if (MaxResults < 1 || MaxResults > MAX_PAGE) {
      throw outOfBounds('maxResults', `Member must be between 1 and ${MAX_PAGE}`);
    }
    const passes = testOf(request.Filters);
    const order = SortOrder === 'asc' ? 1 : -1;
    const wanted = [...secrets(scope).byName.values()]
      .filter((secret) => (IncludePlannedDeletion || !secret.deletion) && passes(secret))
      .sort((one, other) => order * (one.serial - other.serial));
    const { items, token } = page(wanted, {
      ...{ token: NextToken, size: MaxResults },
      invalidToken: new ApiError('InvalidNextTokenException', 'The NextToken value is not valid.'),
    });
    return { SecretList: items.map(entryOf), NextToken: token };
  },
});
