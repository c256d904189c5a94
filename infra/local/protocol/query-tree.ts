/** Parameters of a query request as a tree: `Filter.1.Value.2=x` -> Filter -> 1 -> Value -> 2. */
export interface QueryNode {
  value: string | undefined;
  readonly children: Map<string, QueryNode>;
}

function createNode(): QueryNode {
  return { value: undefined, children: new Map() };
}

function child(node: QueryNode, name: string): QueryNode {
  let found = node.children.get(name);
  if (!found) {
    found = createNode();
    node.children.set(name, found);
  }
  return found;
}

export function parseQueryTree(parameters: URLSearchParams): QueryNode {
  const root = createNode();
  for (const [name, value] of parameters) {
    name.split('.').reduce(child, root).value = value;
  }
  return root;
}
