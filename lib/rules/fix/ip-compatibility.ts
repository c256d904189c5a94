import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

const NAME = 'ECS_INSTANCE_IP_COMPATIBILITY';
const FILE = '/etc/ecs/ecs.config';

/** Tells the agent of the host, through Systems Manager, and starts it anew; tasks go on running. */
export function setIpCompatibility({ region }: Snapshot, instanceId: string): string {
  const script = `sed -i /^${NAME}=/d ${FILE}; echo ${NAME}=ipv6 >> ${FILE}; systemctl restart ecs`;
  const parameters = JSON.stringify({ commands: [script] });
  const named = ['--instance-ids', instanceId, '--document-name', 'AWS-RunShellScript', '--parameters', parameters];
  return awsCommand(region, 'ssm', 'send-command', ...named);
}
