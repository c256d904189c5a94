import { describe, expect, it } from '@jest/globals';
import { replayText } from '../../../scripts/replay/replay-text';
import { eventFixture } from '../../support/event-fixture';

const event = JSON.stringify(eventFixture('ecs-task-running'));
const requests = [expect.objectContaining({ kind: 'task' })];

describe('replayText', () => {
  it.each([
    ['one event', event],
    ['with a byte order mark', `\uFEFF${event}`],
    ['with line ends of Windows', JSON.stringify(eventFixture('ecs-task-running'), null, 2).replaceAll('\n', '\r\n')],
  ])('%s', (_name, text) => expect(replayText('f', text)).toEqual([{ file: 'f', requests }]));

  it('takes one event on each line, and says which line is none', () => {
    expect(replayText('f', `${event}\n\n{"a":\n{}\n`)).toEqual([
      { file: 'f', line: 1, requests },
      { file: 'f', line: 3, error: 'not JSON: line 3, column 6: expected a value' },
      { file: 'f', line: 4, reason: expect.stringContaining('not an event') },
    ]);
  });

  it.each(['', 'hello', '{\n  "a": 1,\n}'])('says where %j stops being JSON', (text) => {
    expect(replayText('f', text)).toEqual([
      { file: 'f', error: expect.stringMatching(/^not JSON: line \d+, column \d+: expected/) },
    ]);
  });
});
