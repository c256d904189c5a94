interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** `1.100.0` and `v1.100.0-dev` alike; a missing patch is 0; undefined if it is no version. */
function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) };
}

/** Compares by number, not by letter: 1.100.0 is newer than 1.99.1. `undefined`: one of them is no version. */
export function isOlder(version: string, minimum: string): boolean | undefined {
  const left = parseVersion(version);
  const right = parseVersion(minimum);
  if (!left || !right) return undefined;
  return (left.major - right.major || left.minor - right.minor || left.patch - right.patch) < 0;
}
