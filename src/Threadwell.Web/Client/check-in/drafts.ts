// What is half answered lies on the phone until it is sent, so that a page that is closed or loaded anew loses nothing. It goes to nobody, and a day later it is not offered any more: how somebody feels changes.
// It has a database of its own: where it fails, answers that wait are kept and sent all the same.
import { isAnswered } from '../triage/conditions';
import type { Answers, Level, TriageFile } from '../triage/file';
import { openDatabase } from './database';
import type { PageFacts } from './facts';
import { cannotWait, due, graver, gravest } from './state';
import type { KeptCheckIn } from './store';

/** What the page holds of answers that are not finished. */
export interface Unfinished {
  answers: Answers;
  /** Numbers as they were typed, half ones too. */
  typed: Record<string, string>;
  /** Pictures that are open: one that was pressed is no "none". */
  opened: string[];
  step: 'safety' | 'more';
  /** Views of the photos that were taken. */
  views: string[];
}

export interface KeptDraft extends Unfinished {
  id: string;
  treatment: string;
  /** Who answers: "patient", or the key of the relative. Another is not shown it. */
  teller: string;
  /** The check-in of the schedule that it is for; empty for a report of her own. */
  scheduledId: string;
  /** When the first answer was given, and the last one: times with the offset of this phone's clock. */
  begunAt: string;
  changedAt: string;
  /** Times before the last change at which the answers were left: the gravest level that they had at any of them stands. Not there in a draft of an earlier version. */
  leftAt?: string[];
}

export interface DraftPhoto {
  id: string;
  draft: string;
  view: string;
  content: ArrayBuffer;
}

export interface DraftStore {
  drafts(): Promise<KeptDraft[]>;
  photos(): Promise<DraftPhoto[]>;
  put(draft: KeptDraft): Promise<void>;
  putPhoto(photo: DraftPhoto): Promise<void>;
  removePhoto(id: string): Promise<void>;
  /** Takes drafts away, with their photos. */
  remove(drafts: string[]): Promise<void>;
}

const dayLength = 86_400_000;

// A page that lies open, and in which nothing is answered for so long, was left as well. The rules count in hours, and a draft lives for a day: at most 24 such times are kept.
const leftAfter = 3_600_000;

/** The drafts of this phone. */
export async function openDrafts(): Promise<DraftStore> {
  const { all, change } = await openDatabase('threadwell-check-in-drafts', ['drafts', 'photos']);
  return {
    drafts: () => all<KeptDraft>('drafts'),
    photos: () => all<DraftPhoto>('photos'),
    put: (draft) => change(['drafts'], (transaction) => transaction.objectStore('drafts').put(draft)),
    putPhoto: (photo) => change(['photos'], (transaction) => transaction.objectStore('photos').put(photo)),
    removePhoto: (id) => change(['photos'], (transaction) => transaction.objectStore('photos').delete(id)),
    remove: (drafts) =>
      change(['drafts', 'photos'], (transaction) => {
        for (const id of drafts) {
          transaction.objectStore('drafts').delete(id);
          transaction.objectStore('photos').delete(IDBKeyRange.bound(photoId(id, ''), photoId(id, '\uffff')));
        }
      }),
  };
}

export const photoId = (draft: string, view: string): string => `${draft}/${view}`;

/** Whether a draft is still offered: its first answer is less than a day old. One that seems to come from the time to come was dated by a clock that was wrong. */
export const isFresh = (draft: KeptDraft, now: string): boolean => Math.abs(Date.parse(now) - Date.parse(draft.begunAt)) < dayLength;

/** Takes away what is not offered any more, and photos whose draft is gone. */
export const sweep = (store: DraftStore, now: string): Promise<void> => keepOnly(store, (draft) => isFresh(draft, now));

/** Takes away all but those of one person about one treatment (null: all). */
export const forgetDrafts = (store: DraftStore, treatment: string | null, teller: string | null): Promise<void> => keepOnly(store, (draft) => draft.treatment === treatment && draft.teller === teller);

async function keepOnly(store: DraftStore, isWanted: (draft: KeptDraft) => boolean): Promise<void> {
  // Photos first: one of a draft that is begun meanwhile is not among them.
  const photos = await store.photos();
  const drafts = await store.drafts();
  const wanted = new Set(drafts.filter(isWanted).map((draft) => draft.id));
  const others = new Set([...drafts.map((draft) => draft.id), ...photos.map((photo) => photo.draft)].filter((id) => !wanted.has(id)));
  if (others.size > 0) await store.remove([...others]);
}

/** The times at which the answers of a draft were left. */
export const timesOf = (draft: KeptDraft): string[] => [...(draft.leftAt ?? []), draft.changedAt];

/**
 * The draft with which the page goes on: of this person, about this treatment, for the check-in that is due now. One that came to red or an emergency goes before it, the gravest first, whatever it was for:
 * neither a day that has ended nor answers that came from another phone must hide it. Null where there is none.
 */
export function chosen(drafts: KeptDraft[], file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], now: string): KeptDraft | null {
  const mine = drafts
    .filter((draft) => draft.treatment === facts.course.treatmentId && draft.teller === facts.teller && isFresh(draft, now))
    .map((draft) => ({ ...draft, answers: fitting(file, draft.answers) }))
    .sort((one, other) => Date.parse(other.changedAt) - Date.parse(one.changedAt));
  const scheduled = due(file, facts, kept, now)?.id ?? '';
  const levels = new Map(mine.map((draft) => [draft, gravest(file, facts, kept, draft.answers, now, timesOf(draft)).result.level]));
  const worst = mine.reduce<Level | null>((found, draft) => graver(found, levels.get(draft)!), null);
  return mine.find((draft) => (cannotWait(worst) ? levels.get(draft) === worst : draft.scheduledId === scheduled)) ?? null;
}

// The rules may have changed since: what they do not ask any more is no answer.
const fitting = (file: TriageFile, answers: Answers): Answers =>
  Object.fromEntries(file.questions.filter((question) => isAnswered(answers, question)).map((question) => [question.id, answers[question.id]]));

/** Whether there is nothing to keep. */
export const isEmpty = (one: Unfinished): boolean =>
  one.opened.length === 0 && one.views.length === 0 && Object.values(one.typed).every((text) => text === '') && Object.values(one.answers).every((answer) => answer === '');

/** The draft of one page: kept as it grows, one write after the other. What the phone does not keep the page has all the same. */
export class Drafting {
  private id = '';
  private begunAt = '';
  private changedAt = '';
  private leftAt: string[] = [];

  // Keys of the drafts that this page keeps. What another page keeps, or kept before, is not known here: it may be grave, and is not taken away.
  private readonly mine = new Set<string>();
  private waiting: KeptDraft | null = null;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: DraftStore | null,
    private readonly treatment: string,
    private readonly teller: string,
  ) {}

  /** Whether there is a draft of these answers on the phone. */
  get isKept(): boolean {
    return this.id !== '';
  }

  /** When these answers were left, and when one was changed last: what they came to at any of these times stands. */
  get times(): string[] {
    return this.changedAt === '' ? this.leftAt : [...this.leftAt, this.changedAt];
  }

  /** Finds the draft with which the page goes on, with its photos, and takes away what is too old. */
  async resume(choose: (drafts: KeptDraft[]) => KeptDraft | null, now: string): Promise<{ draft: KeptDraft; photos: DraftPhoto[] } | null> {
    if (this.store === null) return null;
    try {
      // Answers are shown also where nothing can be taken away, and where photos cannot be read.
      await sweep(this.store, now).catch(() => undefined);
      const draft = choose(await this.store.drafts());
      if (draft === null) return null;
      const photos = (await this.store.photos().catch(() => [])).filter((photo) => photo.draft === draft.id && draft.views.includes(photo.view));
      [this.id, this.begunAt, this.changedAt, this.leftAt] = [draft.id, draft.begunAt, '', timesOf(draft)];
      this.mine.add(this.id);
      return { draft, photos };
    } catch {
      return null;
    }
  }

  /** Keeps what is answered so far; nothing where nothing is. */
  note(unfinished: Unfinished, scheduledId: string, now: string): void {
    if (isEmpty(unfinished)) {
      void this.drop();
      return;
    }
    this.begin(now);
    if (this.changedAt !== '' && Date.parse(now) - Date.parse(this.changedAt) >= leftAfter) this.leftAt = this.times;
    this.changedAt = now;
    this.waiting = { ...unfinished, id: this.id, treatment: this.treatment, teller: this.teller, scheduledId, begunAt: this.begunAt, changedAt: now, leftAt: this.leftAt };
    this.inTurn(async (store) => {
      // What was noted meanwhile goes in one write.
      const newest = this.waiting;
      this.waiting = null;
      if (newest !== null) await store.put(newest);
    });
  }

  /** Keeps a photo, or takes it away. */
  photo(view: string, content: ArrayBuffer | null, now: string): void {
    this.begin(now);
    const id = photoId(this.id, view);
    const draft = this.id;
    this.inTurn((store) => (content === null ? store.removePhoto(id) : store.putPhoto({ id, draft, view, content })));
  }

  /** The next answers are another draft's; this one stays where it is. */
  leave(): void {
    [this.id, this.begunAt, this.changedAt, this.leftAt] = ['', '', '', []];
  }

  /** Takes this draft from the phone: its answers are not wanted. */
  drop(): Promise<void> {
    return this.remove(this.id === '' ? [] : [this.id]);
  }

  /** Takes every draft of this page from the phone: its answers are kept to be sent, or were sent. */
  clear(): Promise<void> {
    return this.remove([...this.mine]);
  }

  private remove(drafts: string[]): Promise<void> {
    this.leave();
    this.waiting = null;
    for (const id of drafts) this.mine.delete(id);
    if (drafts.length > 0) this.inTurn((store) => store.remove(drafts));
    return this.queue;
  }

  private begin(now: string): void {
    if (this.id !== '') return;
    [this.id, this.begunAt] = [crypto.randomUUID(), now];
    this.mine.add(this.id);
  }

  private inTurn(act: (store: DraftStore) => Promise<void>): void {
    const { store } = this;
    if (store !== null) this.queue = this.queue.then(() => act(store)).catch(() => undefined);
  }
}
