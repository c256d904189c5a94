/** How each service says that it was called too often. */
import { ApiError } from '../kernel/api-error';

interface Wording {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const USUAL: Wording = { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' };

/** By IAM prefix. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html
  autoscaling: { ...USUAL, code: 'Throttling' },
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  ec2: { code: 'RequestLimitExceeded', status: 503, message: 'Request limit exceeded.' },
  // https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html
  lambda: { code: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' },
  // https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html
  servicediscovery: { ...USUAL, code: 'RequestLimitExceeded', status: 429 },
  // https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
  sns: { ...USUAL, code: 'Throttling' },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  sqs: { code: 'RequestThrottled', status: 403, message: 'Request is throttled.' },
  // https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
  sts: { ...USUAL, code: 'Throttling' },
};

/** @param service IAM prefix */
export function throttlingError(service: string): ApiError {
  const { code, message, status } = WORDINGS[service] ?? USUAL;
  return new ApiError(code, message, status);
}
