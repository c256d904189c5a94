import { describe, expect, it } from '@jest/globals';
import type { Target } from '@aws-sdk/client-eventbridge';
import { anEventBus } from './an-event-bus';

/** `<name>` stands for itself here; paths are those of the tests below. */
const paths = {
  state: '$.detail.state',
  id: "$.detail['instance-id']",
  first: '$.resources[0]',
  list: '$.resources',
  all: '$.detail',
  none: '$.detail.none',
};

describe('what a target gets', () => {
  it.each<[string, Omit<Target, 'Id' | 'Arn'>, string]>([
    ['a constant', { Input: '{"sweep": true}' }, '{"sweep": true}'],
    ['a part', { InputPath: '$.detail' }, '{"state":"up","instance-id":"i-1"}'],
    ['a text', { InputPath: '$.detail.state' }, '"up"'],
    ['an object with a variable', template('{"s": <state>, "i": "<id>"}'), '{"s": "up", "i": "i-1"}'],
    ['an element', template('{"r": <first>}'), '{"r": "arn:a"}'],
    ['a list', template('{"r": <list>}'), '{"r": ["arn:a","arn:b"]}'],
    ['an object in an object', template('{"d": <all>}'), '{"d": {"state":"up","instance-id":"i-1"}}'],
    ['text with variables', template('"<id> is <state>"'), '"i-1 is up"'],
    ['lines of text', template('"<id>"\n"<state>"'), '"i-1"\n"up"'],
    ['nothing in a string', template('{"n": "<none>"}'), '{"n": ""}'],
    ['nothing outside', template('{"n": <none>}'), '{"n": ""}'],
    ['the rule', template('{"r": <aws.events.rule-name>}'), '{"r": "rule"}'],
  ])('%s', async (_, input, expected) => {
    const { queue, rule, put } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn, ...input });
    await put({ state: 'up', 'instance-id': 'i-1' }, { Resources: ['arn:a', 'arn:b'] });
    expect((await tasks.messages()).map(({ Body }) => Body)).toEqual([expected]);
  });

  it('the whole event, where the template asks for it', async () => {
    const { queue, rule, put } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({
      Arn: tasks.arn,
      ...template('{"e": <aws.events.event.json>, "at": <aws.events.event.ingestion-time>}'),
    });
    await put({ state: 'up' });
    expect(await tasks.bodies()).toMatchObject([
      { e: { source: 'app', detail: { state: 'up' } }, at: '2026-11-22T10:00:00.500Z' },
    ]);
  });

  it('keeps quotes of the event apart from those of the template', async () => {
    const { queue, rule, put } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn, ...template('{"s": "is <state>"}') });
    await put({ state: 'say "hi"' });
    expect(await tasks.bodies()).toEqual([{ s: 'is say "hi"' }]);
  });
});

function template(InputTemplate: string): Omit<Target, 'Id' | 'Arn'> {
  return { InputTransformer: { InputPathsMap: paths, InputTemplate } };
}
