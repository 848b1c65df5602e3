// What lies on the phone until the server has it: answers and photos, in IndexedDB. On the clinic's own computers nothing does: there it is kept in the page alone.
import type { Answers, Level } from '../triage/file';
import { openDatabase } from './database';

/** Answers that wait, or that were sent since the page was read. The key is made here, so that what arrives twice is one. */
export interface KeptCheckIn {
  id: string;
  treatment: string;
  scheduledId: string;
  answeredAt: string;
  answers: Answers;
  phoneLevel: Level;
  rulebookVersion: number;
  sent: boolean;
  serverLevel: Level | null;
  /** The level that stands of all that the server then had; null where it does not say. */
  serverStanding: Level | null;
  /** By when the clinic answers, as the server says it; null where it does not. */
  serverDue: string | null;
  /** Why the server will not take them; empty while it may. */
  refused: string;
  /** When the patient said that she has told the clinic what was refused; empty, or not there, where she has not. What was shown stands all the same. */
  told?: string;
}

/** A photo that waits; the check-in goes first. */
export interface KeptPhoto {
  id: string;
  checkIn: string;
  treatment: string;
  view: string;
  content: ArrayBuffer;
  /** Why the server will not take it; empty, or not there, while it may. */
  refused?: string;
}

export interface Store {
  checkIns(): Promise<KeptCheckIn[]>;
  photos(): Promise<KeptPhoto[]>;
  putCheckIn(checkIn: KeptCheckIn): Promise<void>;
  /** Keeps answers with their photos: all of it, or nothing. */
  add(checkIn: KeptCheckIn, photos: KeptPhoto[]): Promise<void>;
  putPhoto(photo: KeptPhoto): Promise<void>;
  removeCheckIn(id: string): Promise<void>;
  removePhoto(id: string): Promise<void>;
}

const name = 'threadwell-check-ins';

/** The store of this phone. */
export async function openStore(): Promise<Store> {
  const { all, change } = await openDatabase(name, ['check-ins', 'photos']);
  return {
    checkIns: () => all<KeptCheckIn>('check-ins'),
    photos: () => all<KeptPhoto>('photos'),
    putCheckIn: (checkIn) => change(['check-ins'], (transaction) => transaction.objectStore('check-ins').put(checkIn)),
    add: (checkIn, photos) =>
      change(['check-ins', 'photos'], (transaction) => {
        transaction.objectStore('check-ins').put(checkIn);
        for (const photo of photos) transaction.objectStore('photos').put(photo);
      }),
    putPhoto: (photo) => change(['photos'], (transaction) => transaction.objectStore('photos').put(photo)),
    removeCheckIn: (id) => change(['check-ins'], (transaction) => transaction.objectStore('check-ins').delete(id)),
    removePhoto: (id) => change(['photos'], (transaction) => transaction.objectStore('photos').delete(id)),
  };
}

/** A store that goes on in the page where the device's own fails or is none: it is full, was taken away, or nothing may lie there. */
export interface SparedStore extends Store {
  /** Whether something lies in the page alone: it goes with the page. */
  holds(): Promise<boolean>;
  /** Whether what lies on the device was not read even once: answers from before, and the level that they were given, may lie there unseen. */
  isUnread(): boolean;
}

const refuse = (): Promise<never> => Promise.reject(new Error('Nothing is kept on this device.'));

/** A device on which something may lie, and that does not let it be read or written. */
export const broken: Store = { checkIns: refuse, photos: refuse, putCheckIn: refuse, add: refuse, putPhoto: refuse, removeCheckIn: refuse, removePhoto: refuse };

/** A store that keeps on the device what it can, and everything else in the page; null where nothing is kept on the device. */
export function spared(device: Store | null): SparedStore {
  const store = device ?? broken;
  const spare = memoryStore();
  let isRead = device === null;

  // What lies on the device as far as this page has read and written it: where it cannot be read any more, a level must not fall because of that.
  const known = { checkIns: new Map<string, KeptCheckIn>(), photos: new Map<string, KeptPhoto>() };
  const all = async <T extends { id: string }>(there: Promise<T[]>, last: Map<string, T>, here: Promise<T[]>): Promise<T[]> => {
    const [mine, theirs] = await Promise.all([here, there.catch(() => null)]);
    if (theirs !== null) {
      last.clear();
      for (const one of theirs) last.set(one.id, one);
    }
    return [...[...last.values()].filter((one) => !mine.some((other) => other.id === one.id)), ...mine];
  };
  const added = (checkIn: KeptCheckIn, photos: KeptPhoto[]): void => {
    known.checkIns.set(checkIn.id, checkIn);
    for (const photo of photos) known.photos.set(photo.id, photo);
  };
  return {
    holds: async () => (await spare.checkIns()).some((one) => !one.sent && !one.refused) || (await spare.photos()).some((one) => !one.refused),
    isUnread: () => !isRead,
    checkIns: () => {
      const reading = store.checkIns().then((found) => {
        isRead = true;
        return found;
      });
      return all(reading, known.checkIns, spare.checkIns());
    },
    photos: () => all(store.photos(), known.photos, spare.photos()),
    putCheckIn: async (checkIn) => {
      const isHere = (await spare.checkIns()).some((one) => one.id === checkIn.id);
      await (isHere ? spare.putCheckIn(checkIn) : store.putCheckIn(checkIn).then(() => added(checkIn, []), () => spare.putCheckIn(checkIn)));
    },
    add: (checkIn, photos) =>
      store.add(checkIn, photos).then(() => added(checkIn, photos), async () => {
        await spare.add(checkIn, photos);

        // Answers are small: they may find room where photos do not.
        if (photos.length > 0 && (await store.add(checkIn, []).then(() => true, () => false))) {
          added(checkIn, []);
          await spare.removeCheckIn(checkIn.id);
        }
      }),
    putPhoto: async (photo) => {
      const isHere = (await spare.photos()).some((one) => one.id === photo.id);
      await (isHere ? spare.putPhoto(photo) : store.putPhoto(photo).then(() => void known.photos.set(photo.id, photo), () => spare.putPhoto(photo)));
    },
    removeCheckIn: async (id) => {
      known.checkIns.delete(id);
      await spare.removeCheckIn(id);
      await store.removeCheckIn(id).catch(() => undefined);
    },
    removePhoto: async (id) => {
      known.photos.delete(id);
      await spare.removePhoto(id);
      await store.removePhoto(id).catch(() => undefined);
    },
  };
}

/** A store that ends with the page. */
export function memoryStore(): Store {
  const checkIns = new Map<string, KeptCheckIn>();
  const photos = new Map<string, KeptPhoto>();
  return {
    checkIns: async () => [...checkIns.values()],
    photos: async () => [...photos.values()],
    putCheckIn: async (checkIn) => void checkIns.set(checkIn.id, checkIn),
    add: async (checkIn, more) => {
      checkIns.set(checkIn.id, checkIn);
      for (const photo of more) photos.set(photo.id, photo);
    },
    putPhoto: async (photo) => void photos.set(photo.id, photo),
    removeCheckIn: async (id) => void checkIns.delete(id),
    removePhoto: async (id) => void photos.delete(id),
  };
}
