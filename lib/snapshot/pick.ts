/** The one of `values` that equals `value`: AWS's texts become our own unions here, and unknown ones nothing. */
export function pick<Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined {
  return values.find((known) => known === value);
}

/** Without the undefined ones, each once. */
export function distinct<Value>(values: Iterable<Value | undefined>): readonly Value[] {
  return [...new Set(values)].filter((value) => value !== undefined);
}

/** An empty text says nothing. */
export function stated(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
