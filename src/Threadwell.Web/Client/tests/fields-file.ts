/** The bytes of a small fields file: 3 times, 3 columns, 2 moving vertices. Column c rises by 2 c + 8.5 t mm at the stored time of index t, and sinks by 1.5 t mm untreated. */
export function fieldsFile(threadId = 'L1', lastColumn = 0): ArrayBuffer {
  const times = [0, 30, 90];
  const header = { timesDays: times, columns: 3, n: 2, threads: [{ id: threadId, path: [[0, 0, -2], [10, 0, -2]] }] };
  let json = JSON.stringify(header);
  json = json.padEnd(4 * Math.ceil(json.length / 4));
  const treated: number[] = [];
  const untreated: number[] = [];
  const collagen: number[] = [];
  times.forEach((_, time) => {
    for (let column = 0; column < 3; column++) {
      treated.push(0, 2 * column + 8.5 * time, 0);
      untreated.push(0, -1.5 * time, 0);
      collagen.push(0.125 * time * column);
    }
  });
  const integers = new Uint32Array([1, 2, 0, 1, 2, 1, 2, lastColumn]);
  const floats = new Float32Array([0.5, 0.25, 0.25, 1, 0, 0, ...treated, ...untreated, ...collagen]);
  const bytes = new ArrayBuffer(8 + json.length + integers.byteLength + floats.byteLength);
  const all = new Uint8Array(bytes);
  all.set(new TextEncoder().encode('TWF1'));
  new DataView(bytes).setUint32(4, json.length, true);
  all.set(new TextEncoder().encode(json), 8);
  all.set(new Uint8Array(integers.buffer), 8 + json.length);
  all.set(new Uint8Array(floats.buffer), 8 + json.length + integers.byteLength);
  return bytes;
}
