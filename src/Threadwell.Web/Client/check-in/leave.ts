// Takes from this browser what lies of a record, once nobody is signed in: all of it, but for the treatment whose days the phone is enrolled to follow.
import { forgetDrafts, openDrafts } from './drafts';
import { openStore } from './store';

/** The cache of check-in pages; those of scripts and styles hold nothing of a record. */
export const pages = 'check-in-pages';

/** Forgets every treatment but the one that is kept (null: every one). Answers of the kept one that wait stay until they are sent, and what the person half answered for whom the phone is enrolled. */
export async function forget(kept: string | null, teller: string | null): Promise<void> {
  if ('serviceWorker' in navigator) {
    for (const registration of await navigator.serviceWorker.getRegistrations()) {
      if (!isKept(registration.scope, kept)) await registration.unregister();
    }
  }
  if ('caches' in self) {
    const cache = await caches.open(pages);
    for (const request of await cache.keys()) if (!isKept(request.url, kept)) await cache.delete(request);
  }
  if (!('indexedDB' in self)) return;
  const store = await openStore();
  for (const checkIn of await store.checkIns()) if (checkIn.treatment !== kept || checkIn.sent) await store.removeCheckIn(checkIn.id);
  for (const photo of await store.photos()) if (photo.treatment !== kept) await store.removePhoto(photo.id);
  await forgetDrafts(await openDrafts(), kept, teller);
}

// Its check-in page, and its page of today, under which the worker stands that shows reminders.
const isKept = (address: string, kept: string | null): boolean => kept !== null && [`/treatments/${kept}/check-in`, `/treatments/${kept}/aftercare`].includes(new URL(address).pathname);
