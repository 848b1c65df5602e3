// Bundles the pages' scripts and styles into the folder given as the first argument, under names that hold a hash of their content,
// and writes manifest.json there: entry point -> file.
import { build } from 'esbuild';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

const out = resolve(process.argv[2] ?? 'dist');
const here = import.meta.dirname;
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const pages = (await readdir(resolve(here, 'pages'))).filter((file) => file.endsWith('.ts'));
const result = await build({
  absWorkingDir: here,
  entryPoints: [...pages.map((page) => `pages/${page}`), 'styles/site.css'],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'linked',
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file', '.svg': 'file' },
  metafile: true,
  logLevel: 'warning',
  legalComments: 'linked',
});

const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  if (output.entryPoint) {
    manifest[basename(output.entryPoint)] = basename(file);
  }
}
await copyFile(resolve(here, 'styles/icon.svg'), resolve(out, 'icon.svg'));
await writeFile(resolve(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
