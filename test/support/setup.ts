/**
 * Every test process: loopback only, no stray credentials, and none of the SDK's once-per-process notices.
 */
import net from 'node:net';
import { devNull } from 'node:os';
import { types } from 'node:util';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

// A test that reaches beyond this machine is a bug in the test: fail it loudly instead of hanging.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its own `this`
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const [first] = args;
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host = typeof options === 'object' && options !== null && 'host' in options ? options.host : undefined;
  if (typeof host === 'string' && !loopback.has(host)) {
    throw new Error(`Tests may connect to 127.0.0.1 only; this one tried ${host}.`);
  }
  Reflect.apply(connect, this, args);
  return this;
};

for (const name of Object.keys(process.env)) {
  if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
}
Object.assign(process.env, {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  // neither the files in someone's home folder nor the metadata service of someone's instance
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
});

// jest runs tests in a realm of their own, but Node's modules throw the errors of the outer one. In production there is
// one realm, and `error instanceof Error` is true of both.
const ordinary = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, thrown: unknown): boolean {
    return this === Error ? types.isNativeError(thrown) : ordinary.call(this, thrown);
  },
});
