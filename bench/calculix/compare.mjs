#!/usr/bin/env node
// Times Threadwell against CalculiX on the same mesh of tetrahedra and compares the displacements. See README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const data = join(root, 'tests', 'Threadwell.Mechanics.Tests', 'Decks', 'Data');
const repeats = Number(process.argv[2] ?? 3);
// FEBio's and CalculiX's times on the machine where the bar was set, seconds.
const febioHexSeconds = 3.36;
const calculixTetSeconds = 3.9;

function unpack(name, folder) {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, gunzipSync(readFileSync(join(data, `${name}.json.gz`))));
  return path;
}

/** The deck in CalculiX's words: neo-Hookean with C10 = mu / 2 and D1 = 2 / kappa, one step. */
function calculixInput(deck) {
  const lines = ['*NODE, NSET=NALL'];
  deck.nodes.forEach((x, n) => lines.push(`${n + 1}, ${x.join(', ')}`));
  let element = 0;
  const sets = [];
  for (const [index, block] of deck.blocks.entries()) {
    if (block.element !== 'tet4') throw new Error(`block ${index} is ${block.element}; this script writes tet4 only`);
    lines.push(`*ELEMENT, TYPE=C3D4, ELSET=E${index}`);
    for (const nodes of block.connectivity) lines.push(`${++element}, ${nodes.map((n) => n + 1).join(', ')}`);
    sets.push(`E${index}`);
  }
  lines.push('*ELSET, ELSET=EALL', ...sets);
  for (const [name, m] of Object.entries(deck.materials)) {
    lines.push(`*MATERIAL, NAME=${name.toUpperCase()}`, '*HYPERELASTIC, NEO HOOKE', `${m.mu / 2}, ${2 / m.kappa}`, '*DENSITY', `${m.density}`);
  }
  deck.blocks.forEach((block, index) => lines.push(`*SOLID SECTION, ELSET=E${index}, MATERIAL=${block.material.toUpperCase()}`));
  lines.push('*BOUNDARY');
  for (const support of deck.fixed) {
    for (const node of support.nodes) {
      for (const axis of support.axes) lines.push(`${node + 1}, ${'xyz'.indexOf(axis) + 1}`);
    }
  }
  lines.push('*STEP, NLGEOM', '*STATIC, DIRECT', '1., 1.');
  const size = Math.hypot(...deck.gravity);
  if (size > 0) lines.push('*DLOAD', `EALL, GRAV, ${size}, ${deck.gravity.map((g) => g / size).join(', ')}`);
  if (deck.forces.length > 0) lines.push('*CLOAD');
  for (const { node, force } of deck.forces) force.forEach((f, i) => f !== 0 && lines.push(`${node + 1}, ${i + 1}, ${f}`));
  lines.push('*NODE PRINT, NSET=NALL', 'U', '*END STEP', '');
  return lines.join('\n');
}

function seconds(command, args, options) {
  const start = process.hrtime.bigint();
  const run = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (run.error || run.status !== 0) throw new Error(`${command} failed: ${run.error?.message ?? run.stderr}${run.stdout}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const format = (values) => `${median(values).toFixed(2)} s  (${values.map((v) => v.toFixed(2)).join(', ')})`;

function largestDifference(deck, folder) {
  const ours = JSON.parse(readFileSync(join(folder, 'tet.answer.json'), 'utf8')).displacements;
  const scale = Math.max(...ours.map((u) => Math.hypot(...u)));
  let worst = 0;
  for (const line of readFileSync(join(folder, 'deck.dat'), 'utf8').split('\n')) {
    const words = line.trim().split(/\s+/).map(Number);
    if (words.length !== 4 || words.some(Number.isNaN)) continue;
    const u = ours[words[0] - 1];
    worst = Math.max(worst, Math.hypot(u[0] - words[1], u[1] - words[2], u[2] - words[3]) / scale);
  }
  return worst;
}

try {
  execFileSync('ccx', ['-v'], { stdio: 'ignore' });
} catch (error) {
  if (error.code === 'ENOENT') {
    console.error('ccx was not found. Debian, Ubuntu: apt-get install calculix-ccx');
    process.exit(2);
  }
}
const threadwell = join(root, 'threadwell');
if (!existsSync(threadwell)) throw new Error(`${threadwell} is missing`);
const folder = mkdtempSync(join(tmpdir(), 'threadwell-calculix-'));
try {
  const tet = unpack('slab-m-gravity-tet', folder);
  const hex = unpack('slab-m-gravity-hex', folder);
  const deck = JSON.parse(readFileSync(tet, 'utf8'));
  writeFileSync(join(folder, 'deck.inp'), calculixInput(deck));
  const environment = { ...process.env, OMP_NUM_THREADS: '2', CCX_NPROC_EQUATION_SOLVER: '2' };
  seconds(threadwell, ['solve', tet, '--out', join(folder, 'tet.answer.json')]); // builds, when needed
  const times = { calculix: [], tet: [], hex: [] };
  for (let i = 0; i < repeats; i++) {
    times.calculix.push(seconds('ccx', ['-i', 'deck'], { cwd: folder, env: environment }));
    times.tet.push(seconds(threadwell, ['solve', tet, '--out', join(folder, 'tet.answer.json')]));
    times.hex.push(seconds(threadwell, ['solve', hex, '--out', join(folder, 'hex.answer.json')]));
  }
  const bar = 0.5 * febioHexSeconds * (median(times.calculix) / calculixTetSeconds);
  console.log(`46,080 tetrahedra, CalculiX         ${format(times.calculix)}`);
  console.log(`46,080 tetrahedra, Threadwell       ${format(times.tet)}  ${(median(times.tet) / median(times.calculix)).toFixed(2)} of CalculiX`);
  console.log(`7,680 bricks, Threadwell            ${format(times.hex)}`);
  console.log(`bar for the bricks                  ${bar.toFixed(2)} s  ${median(times.hex) <= bar ? 'met' : 'missed'}`);
  console.log(`largest difference of displacements ${largestDifference(deck, folder).toExponential(1)} of the largest displacement`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
