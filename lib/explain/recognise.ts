import type { KnownError } from './known-error';
import { signWeight } from './phrase';
import { plainText, squeezed } from './plain-text';

/** Something that a text says, and the part of it that does. */
export interface Recognised {
  readonly error: KnownError;
  /** The message and what surrounds it, as its author wrote it. */
  readonly passage: string;
}

/** Twice as long as any message; what is further apart does not belong together. */
const PASSAGE_LENGTH = 2_400;

/** Overlapping, so that no message is cut in every one of them. */
function passagesOf(text: string): readonly string[] {
  const step = PASSAGE_LENGTH / 2;
  const count = Math.max(1, Math.ceil(text.length / step) - 1);
  return Array.from({ length: count }, (_, index) => text.slice(index * step, index * step + PASSAGE_LENGTH));
}

interface Passage {
  readonly plain: string;
  readonly squeezed: string;
}

interface Weighed extends Recognised {
  readonly weight: number;
}

function weigh(error: KnownError, passage: Passage): Weighed {
  const isOther = error.unless?.some((phrase) => signWeight([phrase], passage.squeezed) > 0) ?? false;
  const weights = isOther ? [0] : error.signs.map((sign) => signWeight(sign, passage.squeezed));
  return { error, passage: passage.plain, weight: Math.max(...weights) };
}

function bestOf(error: KnownError, passages: readonly Passage[]): readonly Weighed[] {
  const best = passages
    .map((passage) => weigh(error, passage))
    .reduce((left, right) => (right.weight > left.weight ? right : left));
  return best.weight > 0 ? [best] : [];
}

const breadth = ({ error: { isGeneral, certainty } }: Weighed): number =>
  (isGeneral ? 2 : 0) + (certainty === 'possible' ? 1 : 0);

function bySpecificity(left: Weighed, right: Weighed): number {
  return breadth(left) - breadth(right) || right.weight - left.weight;
}

/** What the text says that the catalogue knows: all of it, the most specific first, then what explains most of the text. */
export function recognise(text: string, catalogue: readonly KnownError[]): readonly Recognised[] {
  const passages = passagesOf(plainText(text)).map((plain) => ({ plain, squeezed: squeezed(plain) }));
  return catalogue
    .flatMap((error) => bestOf(error, passages))
    .sort(bySpecificity)
    .map(({ error, passage }) => ({ error, passage }));
}
