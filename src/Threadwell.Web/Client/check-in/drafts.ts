// What is half answered lies on the phone until it is sent, so that a page that is closed or loaded anew loses nothing. It goes to nobody, and a day later it is not offered any more: how somebody feels changes.
// It has a database of its own: where it fails, answers that wait are kept and sent all the same.
import { isAnswered } from '../triage/conditions';
import type { Answers, TriageFile } from '../triage/file';
import { openDatabase } from './database';
import type { PageFacts } from './facts';
import { cannotWait, due, gravest } from './state';
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

/** Takes away what is not offered any more. */
export async function sweep(store: DraftStore, now: string): Promise<void> {
  const old = (await store.drafts()).filter((draft) => !isFresh(draft, now)).map((draft) => draft.id);
  if (old.length > 0) await store.remove(old);
}

/** Takes away all but those of one person about one treatment (null: all). */
export async function forgetDrafts(store: DraftStore, treatment: string | null, teller: string | null): Promise<void> {
  await store.remove((await store.drafts()).filter((draft) => draft.treatment !== treatment || draft.teller !== teller).map((draft) => draft.id));
}

/**
 * The draft with which the page goes on: of this person, about this treatment, for the check-in that is due now. One that came to red or an emergency goes before it, whatever it was for: neither a day
 * that has ended nor answers that came from another phone must hide it. Null where there is none.
 */
export function chosen(drafts: KeptDraft[], file: TriageFile, facts: PageFacts, kept: KeptCheckIn[], now: string): KeptDraft | null {
  const mine = drafts
    .filter((draft) => draft.treatment === facts.course.treatmentId && draft.teller === facts.teller && isFresh(draft, now))
    .map((draft) => ({ ...draft, answers: fitting(file, draft.answers) }))
    .sort((one, other) => Date.parse(other.changedAt) - Date.parse(one.changedAt));
  const scheduled = due(file, facts, kept, now)?.id ?? '';
  return mine.find((draft) => cannotWait(gravest(file, facts, kept, draft.answers, now, draft.changedAt).result.level)) ?? mine.find((draft) => draft.scheduledId === scheduled) ?? null;
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

  /** Finds the draft with which the page goes on, with its photos, and takes away what is too old. */
  async resume(choose: (drafts: KeptDraft[]) => KeptDraft | null, now: string): Promise<{ draft: KeptDraft; photos: DraftPhoto[] } | null> {
    if (this.store === null) return null;
    try {
      await sweep(this.store, now);
      const draft = choose(await this.store.drafts());
      if (draft === null) return null;
      const photos = (await this.store.photos()).filter((photo) => photo.draft === draft.id && draft.views.includes(photo.view));
      [this.id, this.begunAt] = [draft.id, draft.begunAt];
      return { draft, photos };
    } catch {
      return null;
    }
  }

  /** Keeps what is answered so far; nothing where nothing is. */
  note(unfinished: Unfinished, scheduledId: string, now: string): void {
    if (isEmpty(unfinished)) {
      void this.clear();
      return;
    }
    this.begin(now);
    this.waiting = { ...unfinished, id: this.id, treatment: this.treatment, teller: this.teller, scheduledId, begunAt: this.begunAt, changedAt: now };
    this.then(async (store) => {
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
    this.then((store) => (content === null ? store.removePhoto(id) : store.putPhoto({ id, draft, view, content })));
  }

  /** The next answers are another draft's; this one stays where it is. */
  leave(): void {
    [this.id, this.begunAt] = ['', ''];
  }

  /** Takes every draft of this person about this treatment from the phone: its answers are kept to be sent, or are not wanted. */
  clear(): Promise<void> {
    this.leave();
    this.waiting = null;
    this.then(async (store) => store.remove((await store.drafts()).filter((draft) => draft.treatment === this.treatment && draft.teller === this.teller).map((draft) => draft.id)));
    return this.queue;
  }

  private begin(now: string): void {
    if (this.id === '') [this.id, this.begunAt] = [crypto.randomUUID(), now];
  }

  private then(act: (store: DraftStore) => Promise<void>): void {
    const { store } = this;
    if (store !== null) this.queue = this.queue.then(() => act(store)).catch(() => undefined);
  }
}
