import path from 'node:path';
import { layers } from './layers.js';

/** `../aws/paginate` seen from lib/rules/x.ts -> `lib/aws/paginate`; undefined for a package. */
function projectPath(root, file, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const resolved = path.relative(root, path.resolve(path.dirname(file), specifier));
  return withoutExtension(resolved);
}

function withoutExtension(file) {
  return file
    .split(path.sep)
    .join('/')
    .replace(/\.[tj]s$/, '');
}

function isTypeOnly(node) {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const named = node.specifiers ?? [];
  return named.length > 0 && named.every((specifier) => specifier.importKind === 'type');
}

/** Why `layer` may not import this package, or undefined if it may. */
function packageObjection({ packages = /./, typePackages }, { specifier, typeOnly }) {
  const allowed = packages.test(specifier) || (typeOnly && typePackages?.test(specifier));
  return allowed ? undefined : 'package';
}

/** Why `layer` may not import this file of the project, or undefined if it may. */
function fileObjection({ never, typesOnly }, { target, typeOnly }) {
  if (never?.test(target)) return 'never';
  return !typeOnly && typesOnly?.test(target) ? 'typesOnly' : undefined;
}

/** Holds every import to the table in layers.js. */
export const importLayers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      never: '{{layer}} may not import {{target}}: scripts/lint/layers.js says who may import whom.',
      typesOnly: '{{layer}} may import types of {{target}} only (`import type`).',
      package: '{{layer}} may not import the package {{target}}: scripts/lint/layers.js says who may import what.',
    },
  },
  create(context) {
    const file = withoutExtension(path.relative(context.cwd, context.filename));
    const layer = layers.find(({ files }) => files.test(file));
    if (!layer) return {};
    const check = (node, source) => {
      if (typeof source?.value !== 'string') return;
      const specifier = source.value;
      const target = projectPath(context.cwd, context.filename, specifier);
      const seen = { target, specifier, typeOnly: isTypeOnly(node) };
      const messageId = target === undefined ? packageObjection(layer, seen) : fileObjection(layer, seen);
      if (messageId) context.report({ node, messageId, data: { layer: layer.name, target: target ?? specifier } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source),
    };
  },
};
