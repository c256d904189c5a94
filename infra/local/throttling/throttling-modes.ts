/** `published`: rates as AWS publishes them; `off`: none. */
export const throttlingModes = ['published', 'off'] as const;
export type ThrottlingMode = (typeof throttlingModes)[number];
