/** Where a run of the command line says what it has to say. */
export interface Terminal {
  /** A text for stdout, without its last line break. */
  readonly print: (text: string) => void;
  /** The same for stderr. */
  readonly complain: (text: string) => void;
  /** Of the terminal that stdout is; undefined: it is none. */
  readonly columns?: number;
}
