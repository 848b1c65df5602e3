// Bundles the pages' scripts and styles into the folder given as the first argument, under names that hold a hash of their content,
// and writes manifest.json there: entry point -> file. What is text lies there compressed, too: FILE.br and FILE.gz.
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

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

// Fonts, which a page names before its styles do.
for (const file of Object.keys(result.metafile.outputs)) {
  const font = /^(.+-normal)-[A-Z0-9]+\.woff2$/.exec(basename(file));
  if (font) manifest[`${font[1]}.woff2`] = basename(file);
}

// What the check-in page is made of, which its service worker keeps on the phone.
const outputs = Object.entries(result.metafile.outputs).map(([file, output]) => ({ ...output, name: basename(file) }));
const named = (name) => outputs.find((output) => output.name === name);
const needed = new Set();
const follow = (name) => {
  if (needed.has(name) || !named(name)) return;
  needed.add(name);
  for (const part of named(name).imports) follow(basename(part.path));
};
follow(manifest['check-in.ts']);
follow(manifest['site.css']);
const files = [...needed].map((name) => `/assets/${name}`).sort();
const bundleName = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);

// A worker is one file by itself: it imports nothing from a page. That of check-ins carries the name of just this bundle.
for (const name of ['check-in-worker', 'push-worker']) {
  const worker = await build({
    absWorkingDir: here,
    entryPoints: [`worker/${name}.ts`],
    outdir: out,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    entryNames: '[name]-[hash]',
    define: { FILES: JSON.stringify(files), BUNDLE: JSON.stringify(bundleName) },
    metafile: true,
    logLevel: 'warning',
  });
  for (const file of Object.keys(worker.metafile.outputs)) manifest[`${name}.ts`] = basename(file);
}
await copyFile(resolve(here, 'styles/icon.svg'), resolve(out, 'icon.svg'));

// The stored runs of the Learn page: its pictures under names with a hash like everything else, its numbers for the server alone.
const stored = resolve(here, 'learn/stored');
for (const file of await readdir(stored)) {
  if (!file.endsWith('.webp')) continue;
  const content = await readFile(resolve(stored, file));
  const named = `${basename(file, '.webp')}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.webp`;
  await writeFile(resolve(out, named), content);
  manifest[`learn/${file}`] = named;
}
await copyFile(resolve(stored, 'story.json'), resolve(out, 'story.json'));
for (const file of (await readdir(out)).filter((name) => /\.(js|css|svg)$/.test(name))) {
  const content = await readFile(resolve(out, file));
  await writeFile(resolve(out, `${file}.br`), brotliCompressSync(content));
  await writeFile(resolve(out, `${file}.gz`), gzipSync(content, { level: 9 }));
}
await writeFile(resolve(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
