import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
  Region,
} from '@aws-sdk/client-ec2';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { invalidValue } from './ec2-error';
import { createFilter } from './filter';
import type { Zone } from './zone';
import { zonesOf } from './zone';

/** Regions that every account of the partition has: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const DEFAULT_REGIONS: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

/** Those, and the one in which the caller is. */
function regionsOf({ partition, region }: Scope): readonly string[] {
  return [...new Set([...(DEFAULT_REGIONS[partition] ?? []), region])].sort();
}

function endpointOf({ partition }: Scope, region: string): string {
  return `ec2.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

const describeRegions = operation<DescribeRegionsRequest, DescribeRegionsResult>({
  accepts: ['RegionNames', 'Filters', 'AllRegions'],
  run({ RegionNames, Filters = [] }, { scope }) {
    const regions = regionsOf(scope).map((name): Region & { RegionName: string } => ({
      RegionName: name,
      Endpoint: endpointOf(scope, name),
      OptInStatus: 'opt-in-not-required',
    }));
    const passes = createFilter<Region>(Filters, {
      'region-name': ({ RegionName }) => RegionName,
      endpoint: ({ Endpoint }) => Endpoint,
      'opt-in-status': ({ OptInStatus }) => OptInStatus,
    });
    const named = pick(regions, RegionNames, { by: (region) => region.RegionName, parameter: 'region' });
    return { Regions: named.filter((region) => passes(region, scope)) };
  },
});

function zoneShape({ region }: Scope, { name, id }: Zone): AvailabilityZone & { ZoneName: string; ZoneId: string } {
  return {
    ZoneName: name,
    ZoneId: id,
    RegionName: region,
    GroupName: region,
    NetworkBorderGroup: region,
    State: 'available',
    OptInStatus: 'opt-in-not-required',
    ZoneType: 'availability-zone',
    Messages: [],
  };
}

const describeAvailabilityZones = operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult>({
  accepts: ['ZoneNames', 'ZoneIds', 'AllAvailabilityZones', 'Filters'],
  run({ ZoneNames, ZoneIds, Filters = [] }, { scope }) {
    const zones = zonesOf(scope).map((zone) => zoneShape(scope, zone));
    const passes = createFilter<AvailabilityZone>(Filters, {
      'zone-name': ({ ZoneName }) => ZoneName,
      'zone-id': ({ ZoneId }) => ZoneId,
      'region-name': ({ RegionName }) => RegionName,
      'group-name': ({ GroupName }) => GroupName,
      state: ({ State }) => State,
      'opt-in-status': ({ OptInStatus }) => OptInStatus,
      'zone-type': ({ ZoneType }) => ZoneType,
    });
    const byName = pick(zones, ZoneNames, { by: (zone) => zone.ZoneName, parameter: 'availabilityZone' });
    const byId = pick(byName, ZoneIds, { by: (zone) => zone.ZoneId, parameter: 'availabilityZone' });
    return { AvailabilityZones: byId.filter((zone) => passes(zone, scope)) };
  },
});

/** The items with these names, or AWS's error for a name that none has. */
function pick<Item>(
  items: readonly Item[],
  names: readonly string[] = [],
  { by, parameter }: { readonly by: (item: Item) => string; readonly parameter: string },
): Item[] {
  const unknown = names.filter((name) => !items.some((item) => by(item) === name));
  if (unknown.length > 0) throw invalidValue(`Invalid ${parameter}: [${unknown.join(', ')}]`);
  return items.filter((item) => names.length === 0 || names.includes(by(item)));
}

export const regionOperations: Operations = {
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeRegions: describeRegions,
};
