import { expect, it } from '@jest/globals';
import type { AutoScalingGroup, LaunchTemplate, TemplateVersion } from '../../lib/snapshot/host-resources';
import { atSource } from '../../lib/plan/at-source';
import { anInstance } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

const GROUP = { 'aws:autoscaling:groupName': 'welders' };
const TEMPLATE = { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:ec2launchtemplate:version': '3' };

const group = (over: Partial<AutoScalingGroup>): AutoScalingGroup => ({
  ...{ name: 'welders', arn: 'arn:aws:autoscaling:x', isMixed: false, subnetIds: [] },
  templates: [{ templateId: 'lt-1', version: '$Latest' }],
  ...over,
});
const template = (id: string, version: string, primaryIpv6: boolean): LaunchTemplate => {
  const content: TemplateVersion = { number: 4, hasPrimaryInterface: true, primaryIpv6 };
  return { id, arn: `arn:${id}`, name: id, isConfiguration: false, versions: new Map([[version, content]]) };
};
const two = [
  { templateId: 'lt-1', version: '$Latest' },
  { templateId: 'lt-2', version: '7' },
];
const SET = 'set PrimaryIpv6 on the interface at device index 0 in';
const ELSE = 'or its next instance comes without a primary IPv6 address';

it.each([
  ['nobody knows what launched it', {}, {}, 'whatever launched the instance has to ask for one (EnablePrimaryIpv6 of RunInstances), or the next comes without'],
  ['an event tells of a template', TEMPLATE, {}, `${SET} launch template lt-1 (it was version 3), ${ELSE}`],
  ['an event tells of a group and its template', { ...GROUP, ...TEMPLATE }, {}, `${SET} launch template lt-1 (it was version 3) of Auto Scaling group welders, ${ELSE}`],
  ['an event tells of a group alone', GROUP, {}, `${SET} what Auto Scaling group welders launches from, ${ELSE}`],
  ['a sweep reads the group', GROUP, { autoScalingGroups: [group({})], launchTemplates: [template('lt-1', '$Latest', false)] }, `${SET} launch template lt-1 (version $Latest) of Auto Scaling group welders, ${ELSE}`],
  ['and can not read the template', GROUP, { autoScalingGroups: [group({})] }, `${SET} launch template lt-1 (version $Latest) of Auto Scaling group welders, ${ELSE}`],
  ['one template of two is mended', GROUP, { autoScalingGroups: [group({ templates: two })], launchTemplates: [template('lt-1', '$Latest', true), template('lt-2', '7', false)] }, `${SET} launch template lt-2 (version 7) of Auto Scaling group welders, ${ELSE}`],
  ['neither is', GROUP, { autoScalingGroups: [group({ templates: two })] }, `${SET} launch template lt-1 (version $Latest) and lt-2 (version 7) of Auto Scaling group welders, ${ELSE}`],
  ['the template is mended since', { ...GROUP, ...TEMPLATE }, { autoScalingGroups: [group({})], launchTemplates: [template('lt-1', '$Latest', true)] }, 'the launch template of Auto Scaling group welders asks for one by now'],
  ['the version is gone', GROUP, { autoScalingGroups: [group({})], launchTemplates: [template('lt-1', '3', true)] }, `${SET} launch template lt-1 (version $Latest) of Auto Scaling group welders, ${ELSE}`],
  ['the group has a launch configuration', GROUP, { autoScalingGroups: [group({ templates: [], launchConfiguration: 'old' })] }, `launch configuration old cannot ask for one: give Auto Scaling group welders a launch template that does, ${ELSE}`],
])('tells where the next instance gets it from: %s', (...[, tags, contents, told]) => {
  expect(atSource(aSnapshot(contents), anInstance({ tags }))).toBe(told);
}); // prettier-ignore
