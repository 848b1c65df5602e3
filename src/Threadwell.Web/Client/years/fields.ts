// What the moving face needs (docs/api.md, "Fields"): displacements of the skin's columns over time, and how the scan's vertices hang on them.

export interface ThreadPath {
  id: string;
  /** Points inside the tissue before the thread is pulled, mm, patient frame. */
  path: [number, number, number][];
}

/** Lengths mm, times days. Arrays over time are [time][column] in one piece. */
export interface Fields {
  timesDays: number[];
  columns: number;
  threads: ThreadPath[];
  /** Scan vertices that move; every other one stays. */
  vertex: Uint32Array;
  /** Three columns a moving vertex. */
  column: Uint32Array;
  /** Their weights. */
  weight: Float32Array;
  treated: Float32Array;
  untreated: Float32Array;
  /** New collagen relative to the tissue's own. */
  collagen: Float32Array;
}

const magic = 'TWF1';

/** Reads the bytes of /api/predictions/{id}/fields; throws an Error that says what does not fit. */
export function parseFields(bytes: ArrayBuffer): Fields {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || ascii(bytes, 0, 4) !== magic) throw new Error('These are not the fields of a prediction.');
  const headerLength = view.getUint32(4, true);
  const start = 8 + headerLength;
  if (headerLength % 4 !== 0 || start > bytes.byteLength) throw new Error('The header of the fields is damaged.');
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, headerLength))) as { timesDays: number[]; columns: number; n: number; threads: ThreadPath[] };
  const { timesDays, columns, n, threads } = header;
  const times = timesDays.length;
  const words = n + 3 * n + 3 * n + 2 * times * columns * 3 + times * columns;
  if (start + 4 * words !== bytes.byteLength) throw new Error(`The fields hold ${bytes.byteLength} bytes where ${start + 4 * words} are needed.`);

  let offset = start;
  const take = <T>(make: new (buffer: ArrayBuffer, byteOffset: number, length: number) => T, length: number): T => {
    const array = new make(bytes, offset, length);
    offset += 4 * length;
    return array;
  };
  const fields: Fields = {
    timesDays,
    columns,
    threads,
    vertex: take(Uint32Array, n),
    column: take(Uint32Array, 3 * n),
    weight: take(Float32Array, 3 * n),
    treated: take(Float32Array, times * columns * 3),
    untreated: take(Float32Array, times * columns * 3),
    collagen: take(Float32Array, times * columns),
  };
  if (fields.column.some((column) => column >= columns)) throw new Error('The fields name a column that does not exist.');
  return fields;
}

function ascii(bytes: ArrayBuffer, from: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(bytes, from, length));
}
