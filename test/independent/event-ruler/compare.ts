/**
 * Compares the local account's event patterns with event-ruler, which EventBridge itself uses: the known answers, and
 * patterns and events made at random from a fixed seed.
 *
 * Usage: tsx test/independent/event-ruler/compare.ts CLASSPATH
 */
import fc from 'fast-check';
import { ourAnswer, theirAnswers, type Question } from './judge';
import { invalidPatterns, patternCases } from '../../infra/local/services/eventbridge/pattern/pattern-cases';

const SEED = 20261122;
const RANDOM_QUESTIONS = 15_000;

// Few names and values, so that patterns and events often meet.
const names = fc.constantFrom('a', 'b', 'c');
const texts = fc.constantFrom('', 'x', 'X', 'xy', 'yx', 'x*y', 'x/y', '10.0.0.1', '::1', '5', 'null');
const numbers = fc.constantFrom(-1, 0, 1, 1.5, 5, 300);
const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

const { event } = fc.letrec<{ event: object; value: unknown }>((tie) => ({
  event: fc.dictionary(names, tie('value'), { minKeys: 1, maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('event'),
  ),
}));

/** Mostly what EventBridge takes, seldom what it refuses. */
function mostly<Value, Odd>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Odd>): fc.Arbitrary<Value | Odd> {
  return fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const affixes = mostly(
  texts.filter((text) => text !== ''),
  texts,
);
// A star in front, next to equals-ignore-case, makes event-ruler take anything.
// A star in front, beside equals-ignore-case, makes event-ruler take anything.
const wildcards = mostly(fc.constantFrom('x*', 'x*y', 'x\\*y', 'x*y*'), fc.constantFrom('**', 'x\\y'));
const networks = mostly(
  fc.constantFrom('10.0.0.0/8', '10.0.0.1/31', '::/64', '::1/127'),
  fc.constantFrom('10.0.0.1/32', '::1/128', '10.0.0.1', '10.0.0.0/33'),
);
const anyComparison = fc.constantFrom('=', '<', '<=', '>', '>=');
const range = fc.tuple(
  fc.constantFrom('>', '>='),
  fc.constantFrom(-1, 0),
  fc.constantFrom('<', '<='),
  fc.constantFrom(1.5, 5),
);
const oneOrMore = (values: fc.Arbitrary<string>) => fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 2 }));
const except = fc.oneof(
  texts,
  numbers,
  mostly(fc.array(texts, { minLength: 1, maxLength: 2 }), fc.array(scalars, { maxLength: 2 })),
  fc.array(numbers, { minLength: 1, maxLength: 2 }),
  fc.record({ prefix: oneOrMore(affixes) }),
  fc.record({ suffix: oneOrMore(affixes) }),
  fc.record({ 'equals-ignore-case': oneOrMore(texts) }),
  fc.record({ wildcard: oneOrMore(wildcards) }),
);
const operator: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ prefix: fc.oneof(texts, fc.record({ 'equals-ignore-case': texts })) }),
  fc.record({ suffix: fc.oneof(texts, fc.record({ 'equals-ignore-case': texts })) }),
  fc.record({ 'equals-ignore-case': texts }),
  fc.record({ wildcard: wildcards }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ cidr: networks }),
  fc.record({ numeric: mostly(fc.tuple(anyComparison, numbers), fc.array(fc.oneof(anyComparison, numbers))) }),
  fc.record({ numeric: mostly(range, fc.tuple(anyComparison, numbers, anyComparison, numbers)) }),
  fc.record({ 'anything-but': except }),
);

const { pattern } = fc.letrec<{ pattern: object; value: unknown }>((tie) => {
  const list = (maxLength: number) => fc.array(fc.oneof(scalars, operator), { minLength: 1, maxLength });
  const fields = mostly(fc.dictionary(names, tie('value'), { minKeys: 1, maxKeys: 2 }), fc.constant({}));
  // Longer lists in `$or`, or fields that stand beside it as well, make event-ruler forget some of the alternatives.
  const inner = mostly(fc.dictionary(fc.constantFrom('b', 'c'), list(1), { minKeys: 1 }), fc.constant({}));
  const alternatives = mostly(fc.array(inner, { minLength: 2, maxLength: 3 }), fc.array(inner, { maxLength: 1 }));
  return {
    pattern: fc.oneof(
      { weight: 4, arbitrary: fields },
      { weight: 1, arbitrary: fc.record({ a: tie('value'), $or: alternatives }) },
    ),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 5, arbitrary: mostly(list(4), fc.oneof(scalars, fc.constant([]))) },
      { weight: 1, arbitrary: tie('pattern') },
    ),
  };
});

function randomQuestions(): readonly Question[] {
  const pairs = fc.sample(fc.tuple(pattern, event), { seed: SEED, numRuns: RANDOM_QUESTIONS });
  return pairs.map(([left, right]) => ({ pattern: JSON.stringify(left), event: JSON.stringify(right) }));
}

const [classpath = ''] = process.argv.slice(2);
const questions = [
  ...patternCases.map((row) => ({ pattern: JSON.stringify(row.pattern), event: JSON.stringify(row.event) })),
  ...invalidPatterns.map(([, text]) => ({ pattern: text, event: '{"x":1}' })),
  ...randomQuestions(),
];
const theirs = theirAnswers(questions, classpath);

const counts: Record<string, number> = {};
const differences: string[] = [];
questions.forEach((question, index) => {
  const [ours, their = ''] = [ourAnswer(question), theirs[index]];
  counts[their] = (counts[their] ?? 0) + 1;
  if (ours !== their) differences.push(`${question.pattern} on ${question.event}: ours ${ours}, event-ruler ${their}`);
});
const report = [
  `- ${questions.length} event patterns compared with event-ruler: ${JSON.stringify(counts)}`,
  ...differences.slice(0, 20),
  ...(differences.length > 0 ? [`${differences.length} answers differ`] : []),
];
process.stdout.write(`${report.join('\n')}\n`);
process.exitCode = differences.length > 0 ? 1 : 0;
