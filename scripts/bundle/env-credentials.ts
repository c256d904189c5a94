import type { Plugin } from 'esbuild';

/**
 * Lambda puts a function's credentials into its environment. The SDK's default chain would also look into profiles,
 * SSO, web identities and other processes: 130 kB, in every cold start, that a function never reaches.
 */
export const envCredentials: Plugin = {
  name: 'env-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credential-provider-node',
      namespace: 'env-credentials',
      pluginData: resolveDir,
      sideEffects: false,
    }));
    build.onLoad({ filter: /./, namespace: 'env-credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: String(pluginData),
    }));
  },
};
