/** Faults that befall calls: between a call's permission to run and its answer. */
import { ApiError } from '../kernel/api-error';
import type { Call } from '../kernel/operation';
import { matchesPattern } from '../iam/wildcard';
import { NoAnswer } from '../protocol/no-answer';
import type { Fields } from '../protocol/wire';
import { throttlingError } from '../throttling/throttling-error';
import type { CallRule } from './call-rule';
import type { Chance } from './chance';
import { createChance } from './chance';
import { failInPart, partialActions } from './partial-failure';
import { serverError } from './server-error';

/** A rule in force. */
export interface Spell {
  /** How often it has struck. */
  readonly struck: () => number;
  /** Ends it. */
  readonly clear: () => void;
}

export interface Passing {
  /** IAM prefix. */
  readonly service: string;
  readonly call: Call;
}

type Run = (input: Fields) => Promise<Fields>;

interface Struck extends Passing {
  readonly rule: CallRule;
}

export interface CallWeather {
  add(rule: CallRule, random: () => number): Spell;
  clear(): void;
  /** Runs the call, or lets it suffer what a rule says. */
  readonly pass: (passing: Passing, input: Fields, run: Run) => Promise<Fields>;
}

export function createCallWeather(): CallWeather {
  const spells = new Map<CallRule, Chance>();
  return {
    add(rule, random) {
      const own = { ...rule };
      const chance = createChance(own, random);
      spells.set(own, chance);
      return {
        struck: chance.struck,
        clear() {
          spells.delete(own);
        },
      };
    },
    clear() {
      spells.clear();
    },
    async pass(passing, input, run) {
      // every rule counts every call that it is about, whichever strikes
      const rules = [...spells].filter(([rule, chance]) => isAbout(rule, passing) && chance.strikes());
      const [[rule] = []] = rules;
      return rule ? suffer({ ...passing, rule }, input, run) : run(input);
    },
  };
}

function isAbout({ match, caller, fault }: CallRule, { service, call: { operation, principal } }: Passing): boolean {
  const action = `${service}:${operation}`;
  if (!matchesPattern(match, action)) return false;
  if (fault === 'partial' && !partialActions.includes(action)) return false;
  if (fault === 'kill' && !principal.process) return false;
  return caller === undefined || matchesPattern(caller, principal.arn);
}

async function suffer({ rule, service, call }: Struck, input: Fields, run: Run): Promise<Fields> {
  const { fault, items = 1, reason, status = 500 } = rule;
  switch (fault) {
    case 'throttle':
      throw throttlingError(service);
    case 'partial':
      return failInPart(`${service}:${call.operation}`, input, { items, reason, run });
    case 'error':
      await effectOf(rule, input, run);
      throw serverError(service, status);
    case 'timeout':
      await effectOf(rule, input, run);
      throw new NoAnswer('silence');
    case 'reset':
      await effectOf(rule, input, run);
      throw new NoAnswer('reset');
    case 'kill':
      // dead before the effect is seen: nothing that the process began can follow from it
      call.principal.process?.kill();
      await effectOf(rule, input, run);
      throw new NoAnswer('reset');
  }
}

/** Does the call's work if it is to be done; what it would have answered is lost either way. */
async function effectOf({ when = 'before' }: CallRule, input: Fields, run: Run): Promise<void> {
  if (when === 'before') return;
  try {
    await run(input);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
