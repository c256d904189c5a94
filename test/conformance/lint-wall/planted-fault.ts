/** One fault for each wall, and for each a twin that does the same thing properly. */
export interface PlantedFault {
  readonly wall: string;
  /** Where the file lies decides which walls surround it. */
  readonly file: string;
  readonly fault: string;
  /** The one rule that reports it, once. */
  readonly rule: string;
  /** The same thing done properly: nothing reports it. */
  readonly twin: string;
}
