/** `silence`: the connection stays open and nothing comes; `reset`: it is torn down. */
export type Unanswered = 'silence' | 'reset';

/** Thrown where a caller gets no answer at all, as when a network or a process fails. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(readonly how: Unanswered) {
    super(`no answer: ${how}`);
  }
}
