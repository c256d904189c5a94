/** By id of the rule: what its commands leave to a person, or to a machine that the local account does not simulate. */
export const leftToPeople: Readonly<Record<string, string>> = {
  'instance-agent-too-old': 'names the image to launch; when hosts are replaced is for people to say',
  'instance-ami-not-ecs-optimized': 'names the image to launch; when hosts are replaced is for people to say',
  'instance-ip-compatibility-mismatch': 'runs a script on the host by Systems Manager, which the local account has not',
  'instance-os-unsupported': 'another operating system means other containers',
  'instance-type-without-ipv6': 'lists types that fit; when hosts are replaced is for people to say',
  'network-mode-not-awsvpc': 'registers a revision; a service takes another network mode only when it is made anew',
  'region-unsupported': 'AWS decides on regions',
  'service-classic-load-balancer':
    'makes the group; a service leaves a Classic Load Balancer only when it is made anew',
  'service-connect-loopback': 'whether the app listens there is for people to see, who say so in the policy',
  'service-lattice-target-group-not-ipv6': 'makes the other group; listeners are turned to it when it is filled',
  'service-subnet-not-ipv6-only': 'lists subnets; which ones to move to is for people to say',
  'service-target-group-not-ipv6': 'makes the other group; listeners are turned to it when it is filled',
  'service-target-type-mismatch': 'makes the other group; listeners are turned to it when it is filled',
  'task-exec-enabled': 'a task of no service is started anew by whoever started it',
  'task-os-unsupported': 'another operating system means other containers',
  'task-platform-too-old': 'a task of no service is started anew by whoever started it',
  'task-stuck-registering': 'shows what the service says; the cause is to be mended',
  'task-with-ipv4': 'a task of no service is started anew by whoever started it',
  'task-without-ipv6': 'lists subnets; which ones to move to is for people to say',
};
