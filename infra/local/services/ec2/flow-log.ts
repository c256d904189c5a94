import type { LogDestinationType, TrafficType } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';

/** The record of what passes a VPC, a subnet or a network interface. Nothing is recorded here; that it is on counts. */
export interface FlowLog {
  readonly id: string;
  readonly resourceId: string;
  readonly trafficType: TrafficType;
  readonly createdAt: Date;
  readonly destinationType: LogDestinationType;
  /** ARN of the bucket, stream or log group; absent where the log group was given by name. */
  readonly destination: string | undefined;
  readonly logGroupName: string | undefined;
  readonly permissionArn: string | undefined;
  readonly format: string;
  readonly intervalSeconds: number;
}

export const FLOW_LOG: Kind = { notFound: 'InvalidFlowLogId.NotFound', noun: 'flowLog ID' };

const flowLogs = defineReplicatedStore(() => new Map<string, FlowLog>());

export function allFlowLogs(scope: Scope): readonly FlowLog[] {
  return [...flowLogs(scope).values()];
}

export function findFlowLog(scope: Scope, id: string): FlowLog | undefined {
  return flowLogs(scope).get(id);
}

export function keepFlowLog(scope: Scope, flowLog: FlowLog): void {
  flowLogs(scope).set(flowLog.id, flowLog);
}

export function dropFlowLog(scope: Scope, id: string): void {
  flowLogs(scope).delete(id);
}
