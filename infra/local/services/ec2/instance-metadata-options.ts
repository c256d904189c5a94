import type {
  InstanceMetadataOptionsRequest,
  InstanceMetadataOptionsResponse,
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { invalidValue } from './ec2-error';
import type { Instance, MetadataOptions } from './instance';
import { INSTANCE, requireInstances } from './instance';
import { checkId } from './listing';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html */
const HOPS = { min: 1, max: 64 };

/** The options that a request names; an absent one leaves what is there alone. */
export function metadataOptions(sent: InstanceMetadataOptionsRequest): Partial<MetadataOptions> {
  const { HttpPutResponseHopLimit: hops } = sent;
  if (hops !== undefined && (hops < HOPS.min || hops > HOPS.max)) {
    throw invalidValue(`Invalid value '${String(hops)}' for HttpPutResponseHopLimit: use ${HOPS.min} to ${HOPS.max}.`);
  }
  const wanted = {
    httpTokens: sent.HttpTokens,
    httpPutResponseHopLimit: hops,
    httpEndpoint: sent.HttpEndpoint,
    httpProtocolIpv6: sent.HttpProtocolIpv6,
    instanceMetadataTags: sent.InstanceMetadataTags,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** Of an instance that boots, the options are on their way. */
export function metadataShape(
  { metadataOptions: options }: Instance,
  state: 'pending' | 'applied',
): InstanceMetadataOptionsResponse {
  return {
    State: state,
    HttpTokens: options.httpTokens,
    HttpPutResponseHopLimit: options.httpPutResponseHopLimit,
    HttpEndpoint: options.httpEndpoint,
    HttpProtocolIpv6: options.httpProtocolIpv6,
    InstanceMetadataTags: options.instanceMetadataTags,
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
export function refuseXen(type: Instance['type'], { httpProtocolIpv6 }: Partial<MetadataOptions>): void {
  if (httpProtocolIpv6 !== 'enabled' || type.hypervisor !== 'xen') return;
  throw invalidValue('The HttpProtocolIpv6 metadata option cannot be enabled for Xen-backed instance types.');
}

export const modifyInstanceMetadataOptions = operation<
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult
>({
  accepts: [
    ...['InstanceId', 'HttpTokens', 'HttpPutResponseHopLimit', 'HttpEndpoint', 'HttpProtocolIpv6'],
    'InstanceMetadataTags',
  ],
  run(input, { scope }) {
    const { InstanceId = '' } = input;
    checkId(INSTANCE, InstanceId);
    const [instance] = requireInstances(scope, [InstanceId]);
    const changes = metadataOptions(input);
    if (!instance || ['shutting-down', 'terminated'].includes(instance.state)) {
      throw new ApiError('IncorrectInstanceState', `The instance '${InstanceId}' is not in a state that allows this.`);
    }
    if (Object.keys(changes).length === 0) {
      throw new ApiError('MissingParameter', 'At least one of the metadata options must be specified.');
    }
    refuseXen(instance.type, changes);
    instance.metadataOptions = { ...instance.metadataOptions, ...changes };
    return { InstanceId, InstanceMetadataOptions: metadataShape(instance, 'pending') };
  },
});
