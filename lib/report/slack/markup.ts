/** Slack's own markup: https://docs.slack.dev/messaging/formatting-message-text */

/** The three characters that mean something; whoever names a resource can then neither link nor mention. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Names and commands as they are, also with asterisks and underscores. */
export function codeOf(text: string): string {
  return `\`${escapeMarkup(text).replaceAll('`', "'")}\``;
}
