/** The part of the SDK's middleware that we use: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/middleware-stack.html */

export interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** Hands on what it gets. */
export type Middleware = <Input, Output>(
  next: (input: Input) => Promise<Output>,
  context: Context,
) => (input: Input) => Promise<Output>;

/** The deserialize step runs once for each attempt, and sees AWS's answers and errors. */
export interface ExtensibleClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'deserialize'; priority: 'high'; name: string }): void;
  };
}
