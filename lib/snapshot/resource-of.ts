import type { CollectedKind, Resources, Snapshot } from './snapshot';

type Readers = { readonly [Kind in CollectedKind]: (snapshot: Snapshot) => ReadonlyMap<string, Resources[Kind]> };

const readers: Readers = {
  cluster: ({ clusters }) => clusters,
  service: ({ services }) => services,
  task: ({ tasks }) => tasks,
  'task-definition': ({ taskDefinitions }) => taskDefinitions,
  'container-instance': ({ containerInstances }) => containerInstances,
  instance: ({ instances }) => instances,
  subnet: ({ subnets }) => subnets,
  vpc: ({ vpcs }) => vpcs,
  'security-group': ({ securityGroups }) => securityGroups,
  'network-acl': ({ networkAcls }) => networkAcls,
  'vpc-endpoint': ({ vpcEndpoints }) => vpcEndpoints,
  account: ({ accounts }) => accounts,
  'target-group': ({ targetGroups }) => targetGroups,
  target: ({ targets }) => targets,
  'cloudmap-service': ({ cloudMapServices }) => cloudMapServices,
  'cloudmap-instance': ({ cloudMapInstances }) => cloudMapInstances,
  'launch-template': ({ launchTemplates }) => launchTemplates,
  'file-system': ({ fileSystems }) => fileSystems,
};

/** The collection that resources of that kind are in, by key. */
export function collectionOf<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
): ReadonlyMap<string, Resources[Kind]> {
  return readers[kind](snapshot);
}

/**
 * Finds what is under each of many keys, mostly asked for in the order of the collection: then the next entry is the one,
 * and nothing is looked up. Among a hundred thousand, a lookup costs more than most checks.
 */
export function inStep<Resource>(collection: ReadonlyMap<string, Resource>): (key: string) => Resource | undefined {
  const entries = collection.entries();
  return (key) => {
    const { value: next } = entries.next();
    return next?.[0] === key ? next[1] : collection.get(key);
  };
}

/** The resource of that kind under that key of its collection. */
export function resourceOf<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
  key: string,
): Resources[Kind] | undefined {
  return collectionOf(snapshot, kind).get(key);
}
