/** A pattern that EventBridge refuses; the message says why. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}
