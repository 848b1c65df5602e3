// Bundles tests/*.test.ts and runs them with node's own test runner: node build-tests.mjs [more options of node --test]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const here = import.meta.dirname;
const out = await mkdtemp(join(tmpdir(), 'threadwell-client-tests-'));
try {
  const tests = (await readdir(resolve(here, 'tests'))).filter((file) => file.endsWith('.test.ts'));
  await build({
    absWorkingDir: here,
    entryPoints: tests.map((test) => `tests/${test}`),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    loader: { '.md': 'text' },
    logLevel: 'warning',
  });
  const files = tests.map((test) => join(out, test.replace(/\.ts$/, '.mjs')));
  process.exitCode = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...process.argv.slice(2), ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
