import { describe, expect, it } from '@jest/globals';
import { checkedRegion, isRegionName } from '../../lib/trigger/region';

describe('isRegionName', () => {
  it.each(['eu-west-2', 'cn-northwest-1', 'us-gov-east-1', 'eusc-de-east-1', 'us-isof-south-1'])('takes %s', (text) => {
    expect(isRegionName(text)).toBe(true);
  });

  it.each(['', 'nowhere', 'eu-west', 'eu-west-2a', 'EU-WEST-2', 'eu west 2', 'eu-west-2\n'])('refuses %j', (text) => {
    expect(isRegionName(text)).toBe(false);
  });
});

describe('checkedRegion', () => {
  it('hands on what may be a region', () => {
    expect(checkedRegion('eu-west-2')).toBe('eu-west-2');
  });

  it('says what to set instead of anything else', () => {
    expect(() => checkedRegion('Ireland')).toThrow(
      '"Ireland" is no region: set AWS_REGION, or add --region, with a name such as eu-west-2',
    );
  });
});
