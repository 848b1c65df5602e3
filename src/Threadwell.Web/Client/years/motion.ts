// How the scan's vertices move and what they are coloured by at a moment of a course. Nothing is allocated while a moment is shown.
import type { Fields } from './fields';
import { daysPerMonth, moment, type Moment } from './time';

/** Which course is shown. */
export type CourseName = 'treated' | 'untreated';

/** What a vertex is coloured by: lift against no treatment, movement since day 0 (both mm along the planned direction), new collagen (a share), or nothing. */
export type Colouring = 'lift' | 'movement' | 'collagen' | 'none';

/** A planned direction at a landmark; position mm, unit vector, patient frame. */
export interface Target {
  position: ArrayLike<number>;
  vector: ArrayLike<number>;
}

/** Lowest and highest value of a colouring over the whole course. */
export interface Extent {
  low: number;
  high: number;
}

/** The motion of one prediction on its scan. */
export class Motion {
  /** Planned direction at each moving vertex, unit length: blended between the targets by distance, as in the picture of the lift. */
  private readonly direction: Float32Array;
  private readonly columnBuffer: Float32Array;

  /**
   * @param fields What the server stored.
   * @param rest Rest positions of all scan vertices, mm.
   * @param targets Planned directions.
   */
  constructor(readonly fields: Fields, readonly rest: Float32Array, targets: Target[]) {
    const outside = fields.vertex.findIndex((vertex) => 3 * vertex >= rest.length);
    if (outside >= 0) throw new Error('The prediction belongs to another surface than the one shown.');
    this.columnBuffer = new Float32Array(3 * fields.columns);
    this.direction = directions(fields.vertex, rest, targets);
  }

  /** Writes displacements (3 a vertex, mm) at a month; vertices outside the treated region are left as they are. */
  displace(month: number, course: CourseName, factor: number, into: Float32Array): void {
    const { vertex, column, weight } = this.fields;
    const columns = this.columnBuffer;
    this.blend(course === 'treated' ? this.fields.treated : this.fields.untreated, this.at(month), 3, columns);
    for (let index = 0; index < vertex.length; index++) {
      const to = 3 * vertex[index];
      const a = 3 * column[3 * index];
      const b = 3 * column[3 * index + 1];
      const c = 3 * column[3 * index + 2];
      const wa = factor * weight[3 * index];
      const wb = factor * weight[3 * index + 1];
      const wc = factor * weight[3 * index + 2];
      into[to] = wa * columns[a] + wb * columns[b] + wc * columns[c];
      into[to + 1] = wa * columns[a + 1] + wb * columns[b + 1] + wc * columns[c + 1];
      into[to + 2] = wa * columns[a + 2] + wb * columns[b + 2] + wc * columns[c + 2];
    }
  }

  /** Writes the values that a vertex is coloured by at a month; vertices outside the region are left as they are. True numbers, whatever factor the motion is shown with. */
  colour(month: number, course: CourseName, colouring: Exclude<Colouring, 'none'>, into: Float32Array): void {
    const { vertex } = this.fields;
    if (colouring === 'collagen') {
      this.blend(this.fields.collagen, this.at(month), 1, this.columnBuffer);
      const shown = course === 'treated' ? 1 : 0;
      for (let index = 0; index < vertex.length; index++) into[vertex[index]] = shown * this.read(index, 1, 0);
      return;
    }

    if (colouring === 'lift' && course === 'untreated') {
      for (let index = 0; index < vertex.length; index++) into[vertex[index]] = 0;
      return;
    }

    const at = this.at(month);
    this.blend(course === 'treated' ? this.fields.treated : this.fields.untreated, at, 3, this.columnBuffer);
    if (colouring === 'lift') this.subtract(this.fields.untreated, at);
    for (let index = 0; index < vertex.length; index++) {
      into[vertex[index]] =
        this.read(index, 3, 0) * this.direction[3 * index] + this.read(index, 3, 1) * this.direction[3 * index + 1] + this.read(index, 3, 2) * this.direction[3 * index + 2];
    }
  }

  /** Lowest and highest value of a colouring over the stored times and both courses. */
  extent(colouring: Exclude<Colouring, 'none'>): Extent {
    const values = new Float32Array(this.rest.length / 3);
    const extent = { low: 0, high: 0 };
    for (const days of this.fields.timesDays) {
      for (const course of ['treated', 'untreated'] as const) {
        this.colour(days / daysPerMonth, course, colouring, values);
        for (const vertex of this.fields.vertex) {
          if (values[vertex] < extent.low) extent.low = values[vertex];
          if (values[vertex] > extent.high) extent.high = values[vertex];
        }
      }
    }
    return extent;
  }

  /** The moving vertex nearest to a point, mm. */
  nearest(point: ArrayLike<number>): number {
    let nearest = this.fields.vertex[0];
    let least = Infinity;
    for (const vertex of this.fields.vertex) {
      const x = this.rest[3 * vertex] - point[0];
      const y = this.rest[3 * vertex + 1] - point[1];
      const z = this.rest[3 * vertex + 2] - point[2];
      const distance = x * x + y * y + z * z;
      if (distance < least) {
        least = distance;
        nearest = vertex;
      }
    }
    return nearest;
  }

  private at(month: number): Moment {
    return moment(this.fields.timesDays, month * daysPerMonth);
  }

  private blend(values: Float32Array, at: Moment, width: number, into: Float32Array): void {
    const length = width * this.fields.columns;
    const before = at.before * length;
    const after = at.after * length;
    for (let index = 0; index < length; index++) into[index] = values[before + index] + at.share * (values[after + index] - values[before + index]);
  }

  private subtract(values: Float32Array, at: Moment): void {
    const length = 3 * this.fields.columns;
    const before = at.before * length;
    const after = at.after * length;
    for (let index = 0; index < length; index++) this.columnBuffer[index] -= values[before + index] + at.share * (values[after + index] - values[before + index]);
  }

  private read(index: number, width: number, part: number): number {
    const { column, weight } = this.fields;
    const columns = this.columnBuffer;
    return (
      weight[3 * index] * columns[width * column[3 * index] + part] +
      weight[3 * index + 1] * columns[width * column[3 * index + 1] + part] +
      weight[3 * index + 2] * columns[width * column[3 * index + 2] + part]
    );
  }
}

function directions(vertex: Uint32Array, rest: Float32Array, targets: Target[]): Float32Array {
  const direction = new Float32Array(3 * vertex.length);
  for (let index = 0; index < vertex.length; index++) {
    const from = 3 * vertex[index];
    let x = 0;
    let y = 0;
    let z = 0;
    for (const { position, vector } of targets) {
      const dx = rest[from] - position[0];
      const dy = rest[from + 1] - position[1];
      const dz = rest[from + 2] - position[2];
      const weight = 1 / (dx * dx + dy * dy + dz * dz + 1);
      x += weight * vector[0];
      y += weight * vector[1];
      z += weight * vector[2];
    }
    const length = Math.hypot(x, y, z) || 1;
    direction.set([x / length, y / length, z / length], 3 * index);
  }
  return direction;
}
