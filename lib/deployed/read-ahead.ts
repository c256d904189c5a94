import type { PolicySource } from '../policy/policy-source';

export interface ReadAhead extends PolicySource {
  /** Begins to read; whoever reads next gets what comes of it. */
  begin(): void;
}

/** For the policy that the first pass will ask for as soon as the code is there that asks. */
export function readAhead(source: PolicySource): ReadAhead {
  let written: ReturnType<PolicySource['read']> | undefined;
  let enforcement: ReturnType<PolicySource['readEnforcement']> | undefined;
  return {
    origin: source.origin,
    begin() {
      written = source.read();
      enforcement = source.readEnforcement();
      // not unhandled: whoever reads hears of it
      for (const begun of [written, enforcement]) begun.catch(() => undefined);
    },
    async read() {
      const begun = written;
      written = undefined;
      return await (begun ?? source.read());
    },
    async readEnforcement() {
      const begun = enforcement;
      enforcement = undefined;
      return await (begun ?? source.readEnforcement());
    },
  };
}
