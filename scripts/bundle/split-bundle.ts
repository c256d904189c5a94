import { basename, dirname } from 'node:path';
import { build, transform, type BuildOptions, type Metafile, type OutputFile } from 'esbuild';

export interface SplitBundle {
  readonly files: readonly { readonly path: string; readonly contents: Uint8Array }[];
  /** What is in which file, and what loads it. */
  readonly metafile: Metafile;
}

/** esbuild finds what is loaded on demand in ES modules only; each file is then made CommonJS, and keeps its name. */
async function toCommonJs({ path, text }: OutputFile, { target }: BuildOptions): Promise<SplitBundle['files']> {
  const { code, map } = await transform(text, {
    target,
    format: 'cjs',
    platform: 'node',
    minify: true,
    sourcefile: basename(path),
    sourcemap: 'external',
    sourcesContent: false,
    // `require` instead, which is there anyway: the loader of ES modules would be one more thing to start
    supported: { 'dynamic-import': false },
  });
  return [
    { path, contents: Buffer.from(code) },
    { path: `${path}.map`, contents: Buffer.from(map) },
  ];
}

/**
 * A bundle in files: the entry, what it imports on demand, and what these have in common, side by side.
 * @param entry output path without extension, e.g. `sweep/index`
 */
export async function splitBundle(entry: string, source: string, options: BuildOptions): Promise<SplitBundle> {
  const { outputFiles, metafile } = await build({
    ...options,
    write: false,
    metafile: true,
    entryPoints: { [entry]: source },
    format: 'esm',
    splitting: true,
    chunkNames: `${dirname(entry)}/[name]-[hash]`,
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return { metafile, files: (await Promise.all(outputFiles.map((file) => toCommonJs(file, options)))).flat() };
}
