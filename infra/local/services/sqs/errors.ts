/** Errors of SQS, by the names of its model: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
import { ApiError } from '../../kernel/api-error';

export function invalidParameterValue(message: string): ApiError {
  return new ApiError('InvalidParameterValue', message);
}

/** The two usual wordings: a value, and the reason why it is refused. */
export function invalidValue(name: string, value: string | number, reason: string): ApiError {
  return invalidParameterValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

export function invalidAttribute(name: string): ApiError {
  return new ApiError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

export function missingParameter(name: string): ApiError {
  return new ApiError('MissingParameter', `The request must contain the parameter ${name}.`);
}

export function queueDoesNotExist(): ApiError {
  return new ApiError('QueueDoesNotExist', 'The specified queue does not exist.');
}
