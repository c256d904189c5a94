/** What IAM has to allow the controller, as data: one source for the template, the command line and the docs. */

/** `{ operator: { key: values } }`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** On what an action is allowed. Everything that shares it is one statement of a policy. */
export interface Access {
  /** Of the statement. */
  readonly sid: string;
  /** `service:path` in the controller's own account and region, e.g. `ecs:service/*`; or `*`, alone. */
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** For people who read the policy, where it is not plain. */
  readonly why?: string;
}

export interface Permission {
  /** e.g. `ecs:DescribeTasks` */
  readonly action: string;
  readonly on: Access;
}

/** For actions that know no resources, and for those that are about the whole account. */
export const ANYTHING = ['*'] as const;
