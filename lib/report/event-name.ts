/** Names of the events that every change of a finding goes out as. */
export const EVENT_SOURCE = 'ecs-ipv6';
export const EVENT_DETAIL_TYPE = 'Finding State Change';
