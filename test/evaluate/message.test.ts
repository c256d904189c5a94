import { describe, expect, it } from '@jest/globals';
import { renderMessage } from '../../lib/evaluate/message';

describe('message', () => {
  it('fills every hole', () => {
    expect(renderMessage('{{name}} has {{count}} of {{name}}.', { name: 'api', count: 0 })).toBe('api has 0 of api.');
  });

  it('refuses a hole that nothing fills', () => {
    expect(() => renderMessage('{{name}} is {{state}}.', { name: 'api' })).toThrow('needs a value for {{state}}');
  });

  it('takes values as they are', () => {
    expect(renderMessage('{{name}}', { name: '{{x}} $& $1' })).toBe('{{x}} $& $1');
  });
});
