/** `eu-west-2`, `us-gov-east-1`; new regions are named alike: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** Whether it could be a region; whether there is one of that name, only AWS can tell. */
export const isRegionName = (text: string): boolean => REGION.test(text);

/** Nothing is asked of a region that can not be one: another endpoint than AWS's own might answer all the same. */
class RegionError extends Error {
  override readonly name = 'RegionError';
}

/** @throws RegionError */
export function checkedRegion(region: string): string {
  if (isRegionName(region)) return region;
  throw new RegionError(`"${region}" is no region: set AWS_REGION, or add --region, with a name such as eu-west-2`);
}
