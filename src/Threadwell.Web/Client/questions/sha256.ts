// SHA-256 of short ASCII texts (FIPS 180-4). The browser's own answers by a promise for each text, which takes longer than the work itself.
const constants = new Uint32Array(64);
const start = new Uint32Array(8);
{
  // The first 32 bits of the fractional parts of the cube roots, and of the square roots, of the first primes.
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) prime = false;
    if (!prime) continue;
    if (found < 8) start[found] = fraction(Math.sqrt(candidate));
    constants[found++] = fraction(Math.cbrt(candidate));
  }
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0;
}

const schedule = new Uint32Array(64);
const state = new Uint32Array(8);

/** The hash of a text of ASCII characters, as eight words; the array is used again by the next call. */
export function sha256(text: string): Uint32Array {
  const blocks = Math.ceil((text.length + 9) / 64);
  state.set(start);
  for (let block = 0; block < blocks; block++) {
    for (let word = 0; word < 16; word++) {
      const at = block * 64 + word * 4;
      schedule[word] = (byte(text, at) << 24) | (byte(text, at + 1) << 16) | (byte(text, at + 2) << 8) | byte(text, at + 3);
    }
    if (block === blocks - 1) schedule[15] = text.length * 8;
    compress();
  }
  return state;
}

const byte = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0);

function compress(): void {
  for (let index = 16; index < 64; index++) {
    const a = schedule[index - 15];
    const b = schedule[index - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    schedule[index] = (schedule[index - 16] + s0 + schedule[index - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + s1 + ((e & f) ^ (~e & g)) + constants[index] + schedule[index]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}
