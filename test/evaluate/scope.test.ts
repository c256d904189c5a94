import { describe, expect, it } from '@jest/globals';
import type { Placement } from '../../lib/evaluate/placement';
import { scopeOf } from '../../lib/evaluate/scope';
import type { ScopeMatch } from '../../lib/policy/policy';
import { aScope } from '../support/policy-builders';
import { aGap, aSnapshot } from '../support/snapshot-builder';

const everything = aScope().match;
const here: Placement = { cluster: 'prod', service: 'api', tags: { team: 'payments' } };
const rest = aScope({ name: 'rest' });

describe('first scope that matches', () => {
  const cases: readonly { name: string; match: Partial<ScopeMatch>; at?: Placement; is: 'first' | 'rest' | 'unknown' }[] = [
    { name: 'empty lists match everything', match: {}, is: 'first' },
    { name: 'every criterion', match: { accounts: ['1111*'], regions: ['eu-west-?'], clusters: ['prod'], services: ['a*'], tags: { team: 'pay*' } }, is: 'first' },
    { name: 'account differs', match: { accounts: ['2222*'] }, is: 'rest' },
    { name: 'region differs', match: { regions: ['us-*'] }, is: 'rest' },
    { name: 'cluster differs', match: { clusters: ['dev-*', 'stage'] }, is: 'rest' },
    { name: 'service differs', match: { services: ['web'] }, is: 'rest' },
    { name: 'one of several patterns', match: { services: ['web', 'api'] }, is: 'first' },
    { name: 'tag differs', match: { tags: { team: 'search' } }, is: 'rest' },
    { name: 'tag is not there', match: { tags: { stage: '*' } }, is: 'rest' },
    { name: 'tag with an empty value is there', match: { tags: { stage: '*' } }, at: { ...here, tags: { stage: '' } }, is: 'first' },
    { name: 'cluster unknown', match: { clusters: ['prod'] }, at: { ...here, cluster: undefined }, is: 'unknown' },
    { name: 'cluster unknown, and any will do', match: { clusters: ['*'] }, at: { ...here, cluster: undefined }, is: 'first' },
    { name: 'service unknown, cluster differs anyway', match: { clusters: ['dev'], services: ['api'] }, at: { ...here, service: undefined }, is: 'rest' },
    { name: 'tags unknown', match: { tags: { team: '*' } }, at: { ...here, tags: undefined }, is: 'unknown' },
    { name: 'tags unknown, not asked for', match: {}, at: { ...here, tags: undefined }, is: 'first' },
    { name: 'of no service, any will do', match: { services: ['*'] }, at: { ...here, service: '' }, is: 'first' },
    { name: 'of no service, a name is asked for', match: { services: ['a*'] }, at: { ...here, service: '' }, is: 'rest' },
    { name: 'a dot is a dot', match: { services: ['a.i'] }, is: 'rest' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', ({ match, at, is }) => {
    const scopes = [aScope({ name: 'first', match: { ...everything, ...match } }), rest];
    const found = scopeOf(scopes, at ?? here, aSnapshot());
    expect(found && 'scope' in found ? found.scope.name : found && 'unknown').toBe(is);
  });

  it('says why it could not be told', () => {
    const scope = aScope({ match: { ...everything, clusters: ['prod'] } });
    expect(scopeOf([scope], { cause: aGap() }, aSnapshot())).toEqual({ doubt: aGap() });
    expect(scopeOf([scope], {}, aSnapshot())).toMatchObject({
      doubt: { reason: 'not read', message: 'what the scopes match was not read' },
    });
  });

  it('is none if none matches', () => {
    expect(scopeOf([aScope({ match: { ...everything, clusters: ['dev'] } })], here, aSnapshot())).toBeUndefined();
  });
});
