/**
 * What a role is granted although no call of a function in these runs needs it. One that is needed after all is an error.
 * A key of one's own (`KmsKeyArn`) is not looked at: the local account has no KMS, and no function asks it.
 */

export interface Exception {
  readonly role: string;
  readonly sid: string;
  /** An action, or the end of a resource; all that the statement grants if absent. */
  readonly pattern?: string;
  readonly reason: string;
}

const LAMBDA = 'Lambda itself does it, with the role of the function';
const BY_PATH = "whether reading by path is about the path or about what is below it, AWS's pages do not agree";

export const EXCEPTIONS: readonly Exception[] = [
  ...['reconcile', 'NotifyRole'].flatMap((role) => [
    { role, sid: 'WriteLogs', reason: LAMBDA },
    { role, sid: 'Trace', reason: LAMBDA },
    { role, sid: 'ReadPolicy', pattern: '/policy/*', reason: BY_PATH },
  ]),
  { role: 'reconcile', sid: 'TakeFromQueues', reason: LAMBDA },
  { role: 'reconcile', sid: 'KeepFailed', reason: LAMBDA },
  { role: 'NotifyRole', sid: 'TakeFromQueue', reason: LAMBDA },
  {
    role: 'NotifyRole',
    sid: 'DecryptSlackSecret',
    reason: 'Secrets Manager and Parameter Store ask KMS on behalf of the function; the local account has no KMS',
  },
  ...['reconcile', 'operator'].map((role) => ({
    ...{ role, sid: 'ReadBackInstances', pattern: ':namespace/*' },
    reason: 'AWS names the namespace for GetOperation, the local account asks about the service of the operation',
  })),
  { role: 'SweepScheduleRole', sid: 'StartSweep', reason: 'EventBridge Scheduler does it' },
  { role: 'SweepScheduleRole', sid: 'KeepUndelivered', reason: 'EventBridge Scheduler does it' },
  { role: 'RolloutRole', sid: 'MoveAlias', reason: 'CodeDeploy does it' },
  { role: 'RolloutRole', sid: 'WatchAlarms', reason: 'CodeDeploy does it' },
];

/** Statements that AWS classes as writes of something that is not the stack's, and that change no workload. */
export const CHANGING_NOTHING: ReadonlyMap<string, string> = new Map([
  ['DecryptSlackSecret', 'a key is used, not changed'],
  ['Trace', 'traces go to X-Ray, which knows no resources'],
]);

/** Actions that two generations of a service share by name; iam-simulate knows the resources of the first one alone. */
export const UNJUDGED: ReadonlySet<string> = new Set([
  'elasticloadbalancing:AddTags',
  'elasticloadbalancing:RemoveTags',
]);
