/** An error answer of AWS: the code and status are part of the behaviour that clients rely on. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  /**
   * @param code AWS's error code, e.g. `InvalidParameterException`, `InvalidInstanceID.NotFound`
   * @param message what AWS would say
   * @param status HTTP status; most client errors are 400
   * @param fields further members of a modelled error (`DuplicateOperationId`, `resourceIds`, ...)
   */
  // eslint-disable-next-line max-params -- the four parts of an AWS error, in the order in which AWS names them
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
