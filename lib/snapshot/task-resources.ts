/** Parts of tasks, services and task definitions. */

/** Where a container's logs go. */
export interface ContainerLogging {
  /** `awslogs`, `awsfirelens`, ... */
  readonly driver: string;
  /** Options that name where to, e.g. `awslogs-endpoint`. The others may hold secrets and are left out. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** What ECS said last of tasks of a service that it could not register with a load balancer or Cloud Map. */
export interface RegistrationFailure {
  readonly at: Date;
  readonly message: string;
}
