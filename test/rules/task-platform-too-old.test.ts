import { taskPlatformTooOld } from '../../lib/rules/task-platform-too-old';
import { aService, aTask, aTaskDefinition } from '../support/builders';
import { testRule } from '../support/test-rule';

const world = { services: [aService()], taskDefinitions: [aTaskDefinition()] };
const on = (platformVersion: string | undefined, over = {}) => aTask({ platformVersion, ...over });

testRule(taskPlatformTooOld, {
  valid: [
    { name: 'the oldest that will do', resource: on('1.4.0'), world },
    { name: 'compared as numbers', resource: on('1.10.0'), world },
    { name: 'on EC2 there is no platform', resource: on(undefined, { launchType: 'EC2' }), world },
    { name: 'Windows has platforms of its own', resource: on('1.0.0', { operatingSystem: 'windows' }), world },
    { name: 'stopping', resource: on('1.3.0', { desiredStatus: 'STOPPED' }), world },
    { name: 'IPv4', resource: on('1.3.0'), world, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'older', resource: on('1.3.0'), world, reports: { message: 'Task a1 of api runs on Fargate 1.3.0; IPv6 needs 1.4.0 or newer.', fix: ['aws ecs update-service --region eu-west-2 --cluster prod --service api --platform-version LATEST --force-new-deployment'] } },
    { name: 'of no service, dual-stack', resource: on('1.3.0', { serviceName: undefined }), world, posture: 'dual-stack', reports: { messageId: 'old', fix: [] } },
  ],
  unknown: [
    { name: 'none named yet', resource: on(undefined), world, because: 'platform version unknown' },
    { name: 'not resolved', resource: on('LATEST'), world, because: 'platform version unknown' },
  ],
  apply: ({ minimumPlatformVersion }, { resource, world: same }) => ({
    world: same,
    resource: { ...resource, platformVersion: String(minimumPlatformVersion) },
  }),
}); // prettier-ignore
