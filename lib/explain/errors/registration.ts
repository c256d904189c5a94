/** Elastic Load Balancing refuses a target. */
import type { KnownError } from '../known-error';

const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html';
const checked = '2026-11-21';

export const registrationErrors: readonly KnownError[] = [
  {
    id: 'target-without-primary-ipv6',
    title: 'An instance without a primary IPv6 address is registered in an IPv6 target group',
    certainty: 'sure',
    signs: [
      ['cannot be used with this IPv6 target group', 'missing primary IPv6 address'],
      ['cannot be used with this IPv6 target group'],
      ['missing primary IPv6 address'],
    ],
    rules: [
      'instance-without-primary-ipv6',
      'instance-launch-template-without-primary-ipv6',
      'target-blocks-registration',
      'task-stuck-registering',
    ],
    cause:
      'A target group of type instance with IPv6 sends to the primary IPv6 address of an instance. The instances named have none. Tasks in network mode bridge or host are registered by their instance, so ECS cannot register them either, and one such instance makes the whole call fail for all others in it.',
    checks: [
      {
        what: 'Which addresses have the instances, and is one of them primary?',
        command:
          "aws ec2 describe-instances --instance-ids {instances} --query 'Reservations[].Instances[].{id:InstanceId,interfaces:NetworkInterfaces[].{eni:NetworkInterfaceId,device:Attachment.DeviceIndex,ipv6:Ipv6Addresses}}'",
      },
    ],
    fix: [
      {
        what: 'Give the first interface (device index 0) a primary address. It cannot be taken away again, and it is the first global address of the interface.',
        command:
          'aws ec2 modify-network-interface-attribute --network-interface-id {networkInterface} --enable-primary-ipv6',
      },
      { what: 'Set PrimaryIpv6 on the interface in the launch template, so that successors have one from the start.' },
    ],
    sources: [
      { url: ECS, checked },
      {
        url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3692',
        checked,
        isThirdParty: true,
      },
    ],
  },
  {
    id: 'targets-not-supported',
    title: 'One target that does not fit makes the whole registration fail',
    certainty: 'sure',
    signs: [['InvalidTarget', 'Targets {any} are not supported']],
    rules: ['target-blocks-registration', 'service-target-type-mismatch', 'instance-without-primary-ipv6'],
    cause:
      'RegisterTargets takes all of its targets or none. The targets named do not fit the group (its type, its address family, or an instance type that it does not take), and the others of the same call were not registered because of them.',
    checks: [
      {
        what: 'What does the group take?',
        command:
          "aws elbv2 describe-target-groups --target-group-arns {targetGroup} --query 'TargetGroups[].{type:TargetType,family:IpAddressType,vpc:VpcId}'",
      },
      {
        what: 'What are the targets named?',
        command:
          "aws ec2 describe-instances --instance-ids {instances} --query 'Reservations[].Instances[].{id:InstanceId,type:InstanceType,vpc:VpcId,ipv6:NetworkInterfaces[].Ipv6Addresses}'",
      },
    ],
    fix: [
      { what: 'Register the others without the targets named, then mend or replace those.' },
      { what: 'Tasks in network mode awsvpc need a group of type ip; bridge and host need type instance.' },
    ],
    sources: [
      {
        url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3508',
        checked,
        isThirdParty: true,
      },
    ],
  },
  {
    id: 'target-address-not-ipv4',
    title: 'An IPv6 address is registered in an IPv4 target group',
    certainty: 'sure',
    signs: [['IP address {ipv6} is not a valid IPv4 address']],
    rules: ['service-target-group-not-ipv6', 'target-family-mismatch', 'task-stuck-registering'],
    cause:
      'The family of a target group is fixed when it is created, and it is IPv4 unless somebody asked for IPv6. This one is IPv4, and the target has an IPv6 address.',
    checks: [
      {
        what: 'Which family has the group?',
        command:
          "aws elbv2 describe-target-groups --target-group-arns {targetGroup} --query 'TargetGroups[].IpAddressType'",
      },
    ],
    fix: [
      {
        what: 'Make a new target group with --ip-address-type ipv6; the family of this one cannot be changed. Then point listener and service at it.',
        command:
          'aws elbv2 create-target-group --name "$NAME" --target-type ip --ip-address-type ipv6 --protocol "$PROTOCOL" --port "$PORT" --vpc-id {vpc}',
      },
    ],
    sources: [
      { url: ECS, checked },
      {
        url: 'https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/495',
        checked,
        isThirdParty: true,
      },
    ],
  },
  {
    id: 'target-address-not-ipv6',
    title: 'An IPv4 address is registered in an IPv6 target group',
    certainty: 'sure',
    signs: [['IP address {ipv4} is not a valid IPv6 address']],
    rules: ['target-family-mismatch', 'task-without-ipv6', 'service-subnet-not-ipv6-only'],
    cause:
      'The target group takes IPv6 addresses only, and the task or host was registered by an IPv4 address: it has no IPv6 address, or somebody registered the wrong one by hand.',
    checks: [
      {
        what: 'Which addresses has the task?',
        command:
          "aws ecs describe-tasks --cluster {cluster} --tasks {task} --query 'tasks[].containers[].networkInterfaces[]'",
      },
    ],
    fix: [
      {
        what: 'Run the service in subnets that give its tasks IPv6 addresses; addresses are given when a task starts.',
      },
    ],
    sources: [{ url: ECS, checked }],
  },
  {
    id: 'service-failed-to-register',
    title: 'ECS could not register a task with its target group',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      ['failed to register targets in', 'target-group'],
      ['unable to register targets in', 'target-group'],
    ],
    rules: [
      'task-stuck-registering',
      'service-target-group-not-ipv6',
      'service-target-type-mismatch',
      'target-blocks-registration',
      'instance-without-primary-ipv6',
    ],
    cause:
      'The load balancer refused the target; its own words stand behind "error". With IPv6 it is most often the family of the group (fixed at creation, IPv4 by default), its type, or an instance without a primary IPv6 address. The task stays in ACTIVATING and is then replaced.',
    checks: [
      {
        what: 'Which type and family has the group?',
        command:
          "aws elbv2 describe-target-groups --target-group-arns {targetGroup} --query 'TargetGroups[].{type:TargetType,family:IpAddressType}'",
      },
      {
        what: 'Which network mode has the task?',
        command:
          "aws ecs describe-services --cluster {cluster} --services {service} --query 'services[].taskDefinition'",
      },
    ],
    fix: [{ what: 'Run ecs-ipv6 explain --service CLUSTER/NAME: it names the first condition that does not hold.' }],
    sources: [
      { url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html', checked },
    ],
  },
  {
    id: 'registered-again',
    title: 'ECS registers a target again that was deregistered by hand',
    certainty: 'sure',
    signs: [
      ['ECS will immediately register it again'],
      ['ECS', ['registers it again', 'register it again', 'registered it again', 're-registers', 're-registered']],
    ],
    rules: ['target-family-mismatch', 'target-orphaned'],
    cause:
      'ECS owns the targets of its running tasks: what somebody deregisters it registers again, and it may replace the task that the group calls unhealthy. Only a target that no task owns stays away.',
    checks: [
      {
        what: 'Does a task own the address or the instance?',
        command:
          "aws ecs describe-services --cluster {cluster} --services {service} --query 'services[].{groups:loadBalancers[].targetGroupArn,running:runningCount}'",
      },
    ],
    fix: [
      { what: 'Mend the service (its subnets, its target group), not the target. Deregister only what no task owns.' },
    ],
    sources: [{ url: 'https://github.com/aws/containers-roadmap/issues/251', checked, isThirdParty: true }],
  },
];
