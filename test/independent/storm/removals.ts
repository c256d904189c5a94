/** The account's own record of what the functions removed and when, and how many were healthy then; of their other writes too. */
import type { LocalAccount } from '../../../infra/local/local-account';
import { isReadOnly } from '../../../infra/local/protocol/call-log';
import type { Fields } from '../../../infra/local/protocol/wire';
import { elbv2State, type RegisteredTarget } from '../../../infra/local/services/elbv2/state';
import { functionIn } from '../kills/victims';

export interface Removal {
  /** Milliseconds since 1970, by the account's clock. */
  readonly at: number;
  /** ARN of the target group, or id of the Cloud Map service. */
  readonly holder: string;
  /** `id:port`, or the id of a Cloud Map instance. */
  readonly registration: string;
  /** Of a target; absent for Cloud Map, and for a target that was not there. */
  readonly target?: {
    readonly wasHealthy: boolean;
    readonly zone: string | undefined;
    /** Healthy targets of the group before. */
    readonly healthy: number;
    /** Those in the target's zone. */
    readonly healthyInZone: number;
  };
}

export interface Recording {
  readonly removals: readonly Removal[];
  /** Operations of the functions that change the workload. */
  readonly writes: readonly string[];
}

/** Whatever the functions keep for themselves, or tell: of the stack, not of the workload. */
const OWN =
  /^(PutItem|DeleteItem|UpdateItem|PutEvents|Publish|SendMessage(Batch)?|DeleteMessage(Batch)?|ReceiveMessage)$/;

/**
 * From now on; both lists grow. What is registered is looked at in the same breath in which the call takes effect, so that
 * nobody comes between.
 */
export function recordRemovals({ interceptors, scope }: LocalAccount): Recording {
  const removals: Removal[] = [];
  const writes: string[] = [];
  interceptors.push(({ principal, operation }, fields) => {
    const isFunction = principal.process !== undefined && (functionIn(principal) ?? principal.arn.includes('-Invoke'));
    if (isFunction === false || isReadOnly(operation) || OWN.test(operation)) return;
    writes.push(operation);
    const at = scope.clock.now().getTime();
    if (operation === 'DeregisterTargets') removals.push(...targetsIn(fields).map((one) => ({ at, ...before(one) })));
    if (operation === 'DeregisterInstance') {
      removals.push({ at, holder: String(fields['ServiceId']), registration: String(fields['InstanceId']) });
    }
  });

  function before({ holder, registration }: Pick<Removal, 'holder' | 'registration'>) {
    const targets = [...(elbv2State(scope).targetGroups.get(holder)?.targets ?? [])];
    const [, found] = targets.find(([key]) => key === registration) ?? [];
    if (!found || found.drainingUntil) return { holder, registration };
    const healthy = targets.map(([, one]) => one).filter(isHealthy);
    const { zone } = found;
    const healthyInZone = healthy.filter((one) => one.zone === zone).length;
    return {
      ...{ holder, registration },
      target: { wasHealthy: isHealthy(found), zone, healthy: healthy.length, healthyInZone },
    };
  }
  return { removals, writes };
}

const isHealthy = ({ verdict, drainingUntil }: RegisteredTarget): boolean => verdict === 'healthy' && !drainingUntil;

function targetsIn({ TargetGroupArn, Targets }: Fields): readonly Pick<Removal, 'holder' | 'registration'>[] {
  const targets = Array.isArray(Targets) ? (Targets as readonly Readonly<Record<string, unknown>>[]) : [];
  return targets.map(({ Id, Port }) => ({
    holder: String(TargetGroupArn),
    registration: `${String(Id)}:${String(Port)}`,
  }));
}
