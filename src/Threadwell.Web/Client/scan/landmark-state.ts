// The landmarks as the page has them, with undo and redo.
import { add, dot, scale, subtract, unit, type Vec3 } from '../scene/vectors';
import type { Body, Landmark, ScanFacts } from './scan';

/** A landmark that was found with less than this is pointed out. */
const CLEAR_CONFIDENCE = 0.7;

export type LandmarkLook = 'clear' | 'low' | 'missing';

interface Snapshot {
  body: Body;
  landmarks: ReadonlyMap<string, Landmark>;
}

/** A name without its side, and the side; null for one of the midline. */
export function partsOf(name: string): { base: string; side: 'left' | 'right' | null } {
  const [base, side] = name.split('.');
  return { base, side: side === 'left' || side === 'right' ? side : null };
}

/** The same point on the other side; null for one of the midline. */
export function otherSide(name: string): string | null {
  const { base, side } = partsOf(name);
  return side === null ? null : `${base}.${side === 'left' ? 'right' : 'left'}`;
}

export class LandmarkState {
  /** The landmark that is looked at. */
  selected: string | null = null;
  private now: Snapshot;
  private readonly past: Snapshot[] = [];
  private readonly future: Snapshot[] = [];
  private saved: Snapshot;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly known: ScanFacts['landmarks'], body: Body, landmarks: Landmark[]) {
    this.now = this.saved = snapshot(body, landmarks);
  }

  get body(): Body {
    return this.now.body;
  }

  get changed(): boolean {
    return this.now !== this.saved;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Names of the body's landmarks, pairs together. */
  names(): string[] {
    const { paired, midline } = this.known[this.body];
    return [...paired.flatMap((base) => [`${base}.left`, `${base}.right`]), ...midline];
  }

  get(name: string): Landmark | undefined {
    return this.now.landmarks.get(name);
  }

  /** The landmarks that there are, in the order of the names. */
  all(): Landmark[] {
    return this.names().flatMap((name) => this.now.landmarks.get(name) ?? []);
  }

  look(name: string): LandmarkLook {
    const landmark = this.get(name);
    if (!landmark) return 'missing';
    return landmark.confidence < CLEAR_CONFIDENCE ? 'low' : 'clear';
  }

  withLook(look: LandmarkLook): string[] {
    return this.names().filter((name) => this.look(name) === look);
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  select(name: string | null): void {
    if (name === this.selected) return;
    this.selected = name;
    this.tell();
  }

  /** Places a landmark by hand. Part of one drag where it follows such a change without `step`. */
  place(name: string, position: Vec3, step = true): void {
    const next = new Map(this.now.landmarks).set(name, { name, position, confidence: 1 });
    this.change({ body: this.body, landmarks: next }, step);
  }

  /** A person has looked at it and found it right. */
  accept(name: string): void {
    const landmark = this.get(name);
    if (landmark) this.place(name, landmark.position);
  }

  remove(name: string): void {
    const next = new Map(this.now.landmarks);
    next.delete(name);
    this.change({ body: this.body, landmarks: next }, true);
  }

  /** The other part of the body has landmarks of its own. */
  show(body: Body): void {
    if (body === this.body) return;
    this.selected = null;
    this.change({ body, landmarks: new Map() }, true);
  }

  undo(): void {
    this.go(this.past, this.future);
  }

  redo(): void {
    this.go(this.future, this.past);
  }

  /** Takes what the server has. */
  take(body: Body, landmarks: Landmark[]): void {
    this.now = this.saved = snapshot(body, landmarks);
    this.past.length = this.future.length = 0;
    if (this.selected !== null && !this.names().includes(this.selected)) this.selected = null;
    this.tell();
  }

  /** Where a landmark's mirror image lies, by the plane between the other pairs; null where the landmark is missing. */
  mirrored(name: string): Vec3 | null {
    const landmark = this.get(name);
    if (!landmark) return null;
    const { base } = partsOf(name);
    let across: Vec3 = [0, 0, 0];
    const middles: Vec3[] = [];
    for (const pair of this.known[this.body].paired) {
      const left = this.get(`${pair}.left`);
      const right = this.get(`${pair}.right`);
      if (pair === base || !left || !right) continue;
      across = add(across, subtract(left.position, right.position));
      middles.push(scale(add(left.position, right.position), 0.5));
    }
    for (const midline of this.known[this.body].midline) {
      const point = this.get(midline);
      if (point) middles.push(point.position);
    }
    const normal: Vec3 = dot(across, across) > 0 ? unit(across) : [1, 0, 0];
    const offset = middles.length > 0 ? middles.reduce((sum, point) => sum + dot(point, normal), 0) / middles.length : 0;
    return add(landmark.position, scale(normal, -2 * (dot(landmark.position, normal) - offset)));
  }

  private change(next: Snapshot, step: boolean): void {
    if (step) this.past.push(this.now);
    this.future.length = 0;
    this.now = next;
    this.tell();
  }

  private go(from: Snapshot[], to: Snapshot[]): void {
    const next = from.pop();
    if (!next) return;
    to.push(this.now);
    this.now = next;
    if (this.selected !== null && !this.names().includes(this.selected)) this.selected = null;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function snapshot(body: Body, landmarks: Landmark[]): Snapshot {
  return { body, landmarks: new Map(landmarks.map((landmark) => [landmark.name, landmark])) };
}
