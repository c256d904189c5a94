/** Where restJson1 puts each member of a structure: https://smithy.io/2.0/spec/http-bindings.html */
import type { Member, StructureShape } from './shape';

export interface Bound {
  readonly member: Member;
  /** Name or prefix on the wire. */
  readonly name: string;
}

export interface HttpBindings {
  readonly labels: readonly Bound[];
  readonly query: readonly Bound[];
  /** Takes every query parameter that no other member does. */
  readonly queryMap: Member | undefined;
  readonly headers: readonly Bound[];
  readonly prefixHeaders: readonly Bound[];
  readonly statusCode: Member | undefined;
  /** The member that is the whole body. */
  readonly payload: Member | undefined;
  /** All others, as one JSON object. */
  readonly body: StructureShape;
}

const cache = new WeakMap<StructureShape, HttpBindings>();

const ELSEWHERE = ['httpLabel', 'httpQuery', 'httpQueryParams', 'httpHeader', 'httpPrefixHeaders', 'httpResponseCode'];

function bodyOf(shape: StructureShape): StructureShape {
  const places = [...ELSEWHERE, 'httpPayload'];
  const members = shape.members.filter(({ traits }) => !places.some((place) => place in traits));
  return { ...shape, members, byName: new Map(members.map((member) => [member.name, member])) };
}

function read(shape: StructureShape): HttpBindings {
  const { members } = shape;
  const named = (trait: string): Bound[] =>
    members.filter(({ traits }) => trait in traits).map((member) => ({ member, name: String(member.traits[trait]) }));
  const first = (trait: string): Member | undefined => members.find(({ traits }) => trait in traits);
  return {
    labels: named('httpLabel').map(({ member }) => ({ member, name: member.name })),
    query: named('httpQuery'),
    queryMap: first('httpQueryParams'),
    headers: named('httpHeader').map(({ member, name }) => ({ member, name: name.toLowerCase() })),
    prefixHeaders: named('httpPrefixHeaders').map(({ member, name }) => ({ member, name: name.toLowerCase() })),
    statusCode: first('httpResponseCode'),
    payload: first('httpPayload'),
    body: bodyOf(shape),
  };
}

export function httpBindingsOf(shape: StructureShape): HttpBindings {
  let bindings = cache.get(shape);
  if (!bindings) {
    bindings = read(shape);
    cache.set(shape, bindings);
  }
  return bindings;
}
