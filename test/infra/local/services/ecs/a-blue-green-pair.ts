import {
  CreateRuleCommand,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  type CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { aBalancedGroup, aTargetGroup, elbOf } from './a-load-balancer';
import type { Site } from './a-site';
import { one } from './one';

const ROLE = 'arn:aws:iam::111122223333:role/ecs-balancing';

export interface Pair {
  readonly blue: string;
  readonly green: string;
  readonly production: string;
  readonly test: string;
}

/** Two target groups behind one listener, with a rule for each kind of traffic. */
export async function aPair(site: Site, ofGreen: Partial<CreateTargetGroupCommandInput> = {}): Promise<Pair> {
  const elb = elbOf(site);
  const blue = await aBalancedGroup(site, { Name: 'blue' });
  const green = await aTargetGroup(site, { Name: 'green', ...ofGreen });
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [blue] }));
  const LoadBalancerArn = one(one(TargetGroups).LoadBalancerArns);
  const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const rule = async (Priority: number, weights: readonly [number, number]): Promise<string> => {
    const { Rules } = await elb.send(
      new CreateRuleCommand({
        ListenerArn: one(Listeners).ListenerArn,
        Priority,
        Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}`] }],
        Actions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: [
                { TargetGroupArn: blue, Weight: weights[0] },
                { TargetGroupArn: green, Weight: weights[1] },
              ],
            },
          },
        ],
      }),
    );
    return one(Rules).RuleArn ?? '';
  };
  return { blue, green, production: await rule(1, [100, 0]), test: await rule(2, [100, 0]) };
}

/** A load balancer of a service that goes from one to the other. */
export function balancer({ blue, green, production, test }: Pair) {
  return {
    ...{ targetGroupArn: blue, containerName: 'app', containerPort: 80 },
    advancedConfiguration: {
      ...{ alternateTargetGroupArn: green, productionListenerRule: production },
      ...{ testListenerRule: test, roleArn: ROLE },
    },
  };
}
