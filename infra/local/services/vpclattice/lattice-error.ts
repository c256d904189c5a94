import { ApiError } from '../../kernel/api-error';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/CommonErrors.html and the operations' own lists */
export function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message, 400, { reason: 'other' });
}

export function conflict(message: string, resourceId: string): ApiError {
  return new ApiError('ConflictException', message, 409, { resourceId, resourceType: 'TARGET_GROUP' });
}

export function notFound(resourceId: string): ApiError {
  const message = `Target group ${resourceId} not found`;
  return new ApiError('ResourceNotFoundException', message, 404, { resourceId, resourceType: 'TARGET_GROUP' });
}
