/** Every rule, in alphabetical order of its id. */
import type { Rule } from './rule';

export const rules: readonly Rule[] = [];
