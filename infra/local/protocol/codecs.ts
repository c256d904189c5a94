import { awsJson } from './aws-json';
import { awsQuery } from './aws-query';
import { ec2Query } from './ec2-query';
import { restJson } from './rest-json';
import type { ProtocolName } from './service-model';
import type { Codec } from './wire';

export const codecs: Readonly<Record<ProtocolName, Codec>> = {
  awsJson1_0: awsJson,
  awsJson1_1: awsJson,
  awsQuery,
  ec2Query,
  restJson1: restJson,
};
