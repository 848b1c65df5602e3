// What one does to threads, by hand, by key or by number alike.
import type { SkinSearch } from '../scene/skin-search';
import { add, pathLength, scale, type Vec3 } from '../scene/vectors';
import type { PlanStore } from './store';
import { bendOf, midline, middle, mirrored, moved, skinPath, withEnd, withMiddle } from './thread-path';
import type { PlannedThread } from './types';

/** The part of a thread that is taken hold of. */
export type Part = 'entry' | 'middle' | 'exit' | 'whole';

// A mirrored thread whose middle lies nearer than this to another's is already there.
const SAME_MM = 4;
const DUPLICATE_SHIFT_MM = 8;
const STANDARD_LENGTH_MM = 60;

export class Editing {
  /** What a new thread is made of, where the plan has none to follow. */
  template: PlannedThread | null = null;

  constructor(private readonly store: PlanStore, private readonly search: () => SkinSearch) {}

  /** The place of a part. */
  placeOf(thread: PlannedThread, part: Part): Vec3 {
    return part === 'entry' ? thread.path[0] : part === 'exit' ? thread.path[thread.path.length - 1] : middle(thread.path);
  }

  /** The thread with a part moved to a place; the whole is moved by its middle. */
  place(thread: PlannedThread, part: Part, to: Vec3): PlannedThread {
    const search = this.search();
    if (part === 'middle') return { ...thread, path: withMiddle(search, thread.path, to) };
    if (part === 'whole') {
      const from = middle(thread.path);
      return { ...thread, path: moved(search, thread.path, [to[0] - from[0], to[1] - from[1], to[2] - from[2]]) };
    }
    return { ...thread, path: withEnd(search, thread.path, part, to) };
  }

  /** Moves a part by a small vector, along the skin. */
  nudge(id: string, part: Part, by: Vec3): void {
    this.store.editThreads([id], (thread) => this.place(thread, part, add(this.placeOf(thread, part), by)), `nudge ${id} ${part}`);
  }

  /** Adds a thread from entry to exit, made like the last one. */
  addThread(entry: Vec3, exit: Vec3): void {
    const like = this.store.draft.threads.at(-1) ?? this.template;
    if (!like) return;
    const path = skinPath(this.search(), entry, exit);
    const thread: PlannedThread = { ...like, id: this.freeId(path), path, reason: '' };
    this.store.edit((draft) => ({ ...draft, threads: [...draft.threads, thread] }), undefined, [thread.id]);
  }

  /** Adds a thread that ends at the first target and comes from where the target is to be drawn. */
  addAtTarget(): void {
    const { draft } = this.store;
    const target = draft.targets[0];
    const landmark = draft.landmarks.find((candidate) => candidate.name === target?.landmark);
    if (!landmark) return;
    this.addThread(add(landmark.position, scale(target.vector, STANDARD_LENGTH_MM)), landmark.position);
  }

  /** Copies the selected threads to the other side, on the skin there. */
  mirror(): number {
    const { draft, selected } = this.store;
    const across = midline(draft.landmarks);
    const made: PlannedThread[] = [];
    for (const thread of selected) {
      const path = mirrored(this.search(), thread.path, across);
      // The same thread begins, passes and ends at the same places; one that only crosses it is another.
      const same = (a: Vec3, b: Vec3): boolean => Math.hypot(...a.map((value, axis) => value - b[axis])) < SAME_MM;
      const there = [...draft.threads, ...made].some((other) => same(other.path[0], path[0]) && same(middle(other.path), middle(path)) && same(other.path.at(-1)!, path.at(-1)!));
      if (!there) made.push({ ...thread, id: this.freeId(path, made), path });
    }
    if (made.length > 0) this.store.edit((current) => ({ ...current, threads: [...current.threads, ...made] }), undefined, made.map((thread) => thread.id));
    return made.length;
  }

  /** Copies the selected threads beside themselves. */
  duplicate(): void {
    const made: PlannedThread[] = [];
    for (const thread of this.store.selected) {
      const path = moved(this.search(), thread.path, [0, -DUPLICATE_SHIFT_MM, 0]);
      made.push({ ...thread, id: this.freeId(path, made), path });
    }
    if (made.length > 0) this.store.edit((draft) => ({ ...draft, threads: [...draft.threads, ...made] }), undefined, made.map((thread) => thread.id));
  }

  remove(): void {
    const gone = this.store.selection;
    if (gone.length > 0) this.store.edit((draft) => ({ ...draft, threads: draft.threads.filter((thread) => !gone.includes(thread.id)) }), undefined, []);
  }

  /** Whether a thread runs straight over the skin. */
  isStraight(thread: PlannedThread): boolean {
    return bendOf(this.search(), thread.path).every((part) => part === 0);
  }

  // L3 on the patient's left, R3 on the right, M3 across the middle.
  private freeId(path: readonly Vec3[], made: readonly PlannedThread[] = []): string {
    const across = midline(this.store.draft.landmarks);
    const left = path.every((point) => point[0] > across);
    const letter = left ? 'L' : path.every((point) => point[0] < across) ? 'R' : 'M';
    const taken = new Set([...this.store.draft.threads, ...made].map((thread) => thread.id));
    let index = 1;
    while (taken.has(`${letter}${index}`)) index++;
    return `${letter}${index}`;
  }
}

export const lengthOf = (thread: PlannedThread): number => pathLength(thread.path);
