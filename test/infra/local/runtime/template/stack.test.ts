import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../../../../infra/local/kernel/world';
import { parseTemplate } from '../../../../../infra/local/runtime/template/parse-template';
import { createStack, type ResourceProvider } from '../../../../../infra/local/runtime/template/stack';

/** Things whose only property is a text; what happened to them is kept in order. */
function aFactory() {
  const happened: string[] = [];
  const thing = (type: string, canUpdate: boolean): ResourceProvider => ({
    type,
    accepts: ['Text'],
    create(properties, { logicalId, generatedName }) {
      happened.push(`create ${logicalId} ${JSON.stringify(properties['Text'] ?? null)}`);
      return { ref: generatedName, attributes: { Arn: `arn:${logicalId}` } };
    },
    ...(canUpdate && {
      update(before, properties, { logicalId }) {
        happened.push(`update ${logicalId} ${JSON.stringify(properties['Text'] ?? null)}`);
        return before;
      },
    }),
    remove: (_provided, { logicalId }) => {
      happened.push(`remove ${logicalId}`);
    },
  });
  return { happened, providers: [thing('Test::Thing', true), thing('Test::Fixed', false)] };
}

async function deploy(text: string, parameters?: Readonly<Record<string, string>>) {
  const world = createWorld({});
  world.clock.stop();
  const { happened, providers } = aFactory();
  const scope = world.scope('111122223333', 'eu-west-2');
  const template = parseTemplate(text, 'template.yaml');
  const stack = await createStack({ scope, stackName: 'test', template, parameters, providers });
  return { stack, happened, taken: () => happened.splice(0) };
}

const TEMPLATE = `
Parameters:
  Mode: { Type: String, Default: observe, AllowedValues: [observe, enforce] }
Conditions:
  Enforce: !Equals [!Ref Mode, enforce]
Resources:
  Last: { Type: Test::Thing, Properties: { Text: !Sub '\${Middle.Arn} \${AWS::Region}' } }
  Middle: { Type: Test::Fixed, Properties: { Text: !If [Enforce, !Ref Optional, !Ref First] } }
  First: { Type: Test::Thing, DependsOn: Before, Properties: { Text: !Ref Mode } }
  Optional: { Type: Test::Thing, Condition: Enforce }
  Before: { Type: Test::Thing }
Outputs:
  Name: { Value: !Ref First }
  Extra: { Condition: Enforce, Value: !GetAtt Optional.Arn }
`;

describe('a stack', () => {
  it('makes every resource after what it refers to, and none whose condition is off', async () => {
    const { stack, happened } = await deploy(TEMPLATE);
    expect(happened).toEqual([
      'create Before null',
      'create First "observe"',
      'create Middle "test-First"',
      'create Last "arn:Middle eu-west-2"',
    ]);
    expect(stack.outputs()).toEqual({ Name: 'test-First' });
    expect(stack.resource('Optional')).toBeUndefined();
  });

  it('touches only what differs: in place where that is possible', async () => {
    const { stack, taken } = await deploy(TEMPLATE);
    taken();
    await stack.update({ parameters: { Mode: 'enforce' } });
    expect(taken()).toEqual([
      'create Optional null',
      'update First "enforce"',
      'remove Middle',
      'create Middle "test-Optional"',
    ]);
    expect(stack.outputs()).toEqual({ Name: 'test-First', Extra: 'arn:Optional' });
    await stack.update({ parameters: { Mode: 'enforce' } });
    expect(taken()).toEqual([]);
    await stack.update({ parameters: { Mode: 'observe' } });
    expect(taken().at(-1)).toBe('remove Optional');
  });

  it('is removed in reverse', async () => {
    const { stack, taken } = await deploy(TEMPLATE);
    taken();
    await stack.remove();
    expect(taken()).toEqual(['remove Last', 'remove Middle', 'remove First', 'remove Before']);
    expect(stack.resources()).toEqual([]);
  });

  it.each([
    [
      'a circle',
      'Resources: { A: { Type: Test::Thing, Properties: { Text: !Ref B } }, B: { Type: Test::Thing, DependsOn: A } }',
      'circular dependency: A -> B -> A',
    ],
    ['an unknown type', 'Resources: { A: { Type: AWS::Space::Ship } }', 'A: resources of type AWS::Space::Ship'],
    [
      'an unknown property',
      'Resources: { A: { Type: Test::Thing, Properties: { Colour: red } } }',
      'A.Colour of Test::Thing is not simulated',
    ],
    ['an unknown name', 'Resources: { A: { Type: Test::Thing, Properties: { Text: !Ref B } } }', 'Ref B'],
    ['an unknown condition', 'Resources: { A: { Type: Test::Thing, Condition: Perhaps } }', 'no condition Perhaps'],
    ['a parameter without a value', 'Parameters: { P: { Type: String } }\nResources: {}', 'parameter P needs a value'],
  ])('refuses %s', async (_name, text, message) => {
    await expect(deploy(text)).rejects.toThrow(message);
  });

  it.each([
    [{ Colour: 'red' }, 'the template has no parameter Colour'],
    [{ Mode: 'destroy' }, 'parameter Mode: destroy is none of observe, enforce'],
  ])('refuses the parameters %j', async (parameters, message) => {
    await expect(deploy(TEMPLATE, parameters)).rejects.toThrow(message);
  });
});
