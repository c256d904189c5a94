import type { Activity } from '../activity';
import { startPoller, type Poller } from '../queue-poller';
import { TemplateError } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { entriesOf, numberOf, optionalText, textOf, textsOf, type RuntimeContext } from './runtime-context';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const DEFAULTS = { batchSize: 10, maxConcurrency: 5 } as const;

export interface MappingsProvider extends ResourceProvider {
  /** Ends all polling. */
  stop(): void;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export function eventSourceMappingProvider({ log }: RuntimeContext, activity: Activity): MappingsProvider {
  const pollers = new Map<string, Poller>();
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    accepts: [
      'BatchSize',
      'Enabled',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
    ],
    create(properties, { scope }) {
      const id = scope.ids.uuid();
      const batchSize = numberOf(properties, 'BatchSize', DEFAULTS.batchSize);
      const windowSeconds = numberOf(properties, 'MaximumBatchingWindowInSeconds', 0);
      if (batchSize > 10 && windowSeconds < 1) {
        throw new TemplateError('MaximumBatchingWindowInSeconds must be at least 1 when BatchSize is over 10');
      }
      const functionName = textOf(properties, 'FunctionName');
      if (optionalText(properties, 'Enabled') !== 'false') {
        const maxConcurrency = numberOf(
          entriesOf(properties, 'ScalingConfig'),
          'MaximumConcurrency',
          DEFAULTS.maxConcurrency,
        );
        const reportsFailures = textsOf(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures');
        const limits = { batchSize, windowSeconds, maxConcurrency, reportsFailures };
        const queueArn = textOf(properties, 'EventSourceArn');
        const say = (line: string): void => {
          log(functionName, line);
        };
        pollers.set(id, startPoller({ scope, queueArn, functionName, ...limits, activity, log: say }));
      }
      return { ref: id, attributes: { Id: id } };
    },
    remove({ ref }) {
      pollers.get(ref)?.stop();
      pollers.delete(ref);
    },
    stop() {
      for (const poller of pollers.values()) poller.stop();
    },
  };
}
