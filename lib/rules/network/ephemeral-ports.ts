/**
 * Ports that a system takes for what asks for none: those to which answers go, and those on hosts that the container agent
 * gives to tasks. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const EPHEMERAL = {
  linux: { from: 32_768, to: 60_999 },
  windows: { from: 49_152, to: 65_535 },
} as const;
