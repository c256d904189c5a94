/** What people call the thing: the last part of an ARN, or the text itself. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
