import { expect, test } from '@jest/globals';
import { bySpecificity, matchPath, matchQuery, parseUriTemplate } from '../../../../infra/local/protocol/uri-template';

const template = (uri: string) => parseUriTemplate(['GET', uri, 200]);

test.each([
  ['/functions/{Name}', '/functions/a%3Ab%2Fc', { Name: 'a:b/c' }],
  ['/functions/{Name}/', '/functions/a', { Name: 'a' }],
  ['/functions', '/functions/', {}],
  ['/', '/', {}],
  ['/{Bucket}/{Key+}', '/b/x/y%20z', { Bucket: 'b', Key: 'x/y z' }],
  ['/{Key+}/acl', '/x/y/acl', { Key: 'x/y' }],
  ['/functions/{Name}', '/functions/', undefined],
  ['/functions/{Name}', '/functions/a/b', undefined],
  ['/functions/{Name}/code', '/functions/a', undefined],
  ['/functions/{Name}', '/layers/a', undefined],
  ['/{Key+}/acl', '/acl', undefined],
  ['/functions/{Name}', '/functions/%E0%A4%A', undefined],
])('%s on %s', (uri, path, labels) => {
  expect(matchPath(template(uri), path)).toEqual(labels && new Map(Object.entries(labels)));
});

test('parameters in the template must be there with their value', () => {
  const { query } = template('/layers?find=LayerVersion');
  expect([...query]).toEqual([['find', 'LayerVersion']]);
  const fits = (actual: string) => matchQuery(template('/layers?find=LayerVersion'), new URLSearchParams(actual));
  expect(['find=LayerVersion&Arn=x', 'find=Other', ''].map(fits)).toEqual([true, false, false]);
});

test('the more specific template comes first', () => {
  const uris = ['/a/{Key+}', '/a/{Name}', '/a/b', '/a/b?c=d'];
  const sorted = uris.map(template).sort(bySpecificity);
  expect(sorted).toEqual(uris.reverse().map(template));
});

test('a trait of another form is not passed over', () => {
  expect(() => parseUriTemplate({ method: 'GET', uri: '/' })).toThrow('http trait has changed');
});
