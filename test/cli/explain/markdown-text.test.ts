import { expect, it } from '@jest/globals';
import { markdownLines } from '../../../lib/cli/explain/markdown-text';

const page = `See [the policy](../policy.md) for **all** of
\`mode\`.

- one that is long enough to be wrapped
- two

1. first

| a | b |
| - | - |

\`\`\`yaml
- no item, however long it may be, and whatever it holds

rules: [x](y)
\`\`\`

After.
`;

it('keeps paragraphs, lists, tables and code apart', () => {
  expect(markdownLines(page, 30)).toEqual([
    'See the policy for all of',
    '`mode`.',
    '',
    '- one that is long enough to',
    '  be wrapped',
    '- two',
    '1. first',
    '',
    '  | a | b |',
    '  | - | - |',
    '',
    '  - no item, however long it may be, and whatever it holds',
    '  ',
    '  rules: [x](y)',
    '',
    'After.',
  ]);
});

it('has nothing to say of nothing', () => {
  expect(markdownLines('', 80)).toEqual([]);
});
