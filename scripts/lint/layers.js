/**
 * Who may import whom. The folders of `lib/` are the data flow, and this table is what keeps it one: eslint.config.js
 * enforces it, test/conformance/lint-wall.test.ts proves that each wall stands.
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {RegExp} files project paths that belong to it, without extension; the first layer that matches counts
 * @property {RegExp} [never] project paths that it may not import at all
 * @property {RegExp} [typesOnly] project paths of which it may import types, not values
 * @property {RegExp} [packages] packages that it may import; any if absent
 * @property {RegExp} [typePackages] packages of which it may import types besides
 */

const outsideLib = /^(infra|scripts|test|functions)\//;
const sdk = /^(@aws-sdk|@smithy|@aws)\//;
/** Everything except the SDK: clients come from composition, as ports. */
const noSdk = /^(?!(@aws-sdk|@smithy|@aws)\/)/;
const anySdkType = sdk;

/** The stages that decide and never do. */
export const PURE_STAGES = ['trigger', 'rules', 'evaluate', 'plan', 'guard', 'facts', 'explain', 'permissions'];

/** In the folders that do I/O, the modules that only compute on their shapes: pure stages may call them. */
export const PURE_NEIGHBOURS = [
  'snapshot/address',
  'snapshot/empty-groups',
  'snapshot/gap',
  'snapshot/indexed',
  'snapshot/ip-compatibility',
  'snapshot/launched-by',
  'snapshot/ownership',
  'snapshot/prefix-lists',
  'snapshot/resource-of',
  'snapshot/snapshot',
  'snapshot/primary-interface',
  'snapshot/transport',
  'snapshot/usage',
  'policy/mode',
  'policy/needs-tags',
  'policy/policy',
  'state/memory',
  'apply/outcome',
];

/** @type {readonly Layer[]} */
export const layers = [
  {
    name: `a pure stage (lib/${PURE_STAGES.join(', lib/')})`,
    files: new RegExp(`^lib/((${PURE_STAGES.join('|')})/|(${PURE_NEIGHBOURS.join('|')})$)`),
    never:
      /^(lib\/(aws|report|cli)\/|lib\/(composition|environment|reconcile)$|lib\/deployed\/|(infra|scripts|test|functions)\/)/,
    typesOnly: new RegExp(`^lib/(?!(${PURE_NEIGHBOURS.join('|')})$)(snapshot|policy|state|apply)/`),
    packages: /^(valibot|ipaddr\.js)$/,
    typePackages: /^aws-lambda$/,
  },
  {
    name: 'the AWS ports (lib/aws)',
    files: /^lib\/aws\//,
    never:
      /^(lib\/(rules|evaluate|plan|guard|cli)\/|lib\/(composition|environment|reconcile)$|lib\/deployed\/|(infra|scripts|test|functions)\/)/,
    // the ports that it implements
    typesOnly: /^lib\/(trigger|policy|snapshot|state|apply|report)\/(?!event-name$)/,
  },
  {
    name: 'the composition',
    files: /^lib\/(composition$|deployed\/)/,
    never: /^(lib\/cli|infra|scripts|test|functions)\//,
  },
  {
    name: 'the command line (lib/cli)',
    files: /^lib\/cli\//,
    never: /^(scripts|test|functions)\//,
    packages: noSdk,
    typePackages: anySdkType,
  },
  {
    name: 'the pipeline (lib)',
    files: /^lib\//,
    never: new RegExp(`^lib/cli/|${outsideLib.source}`),
    packages: noSdk,
    typePackages: anySdkType,
  },
  {
    name: 'a Lambda adapter (functions)',
    files: /^functions\//,
    never: /^(lib\/cli|infra|scripts|test)\//,
    packages: noSdk,
    typePackages: anySdkType,
  },
  { name: 'the local account (infra/local)', files: /^infra\//, never: /^(lib|functions|scripts|test)\// },
  { name: 'a script', files: /^scripts\//, never: /^test\// },
];
