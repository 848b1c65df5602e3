// Answers that wait on this phone, seen from the patient's other pages.
import { openDrafts, sweep } from './drafts';
import { sendAll } from './sending';
import { withOffset } from './state';
import { openStore } from './store';

async function count(): Promise<number> {
  const store = await openStore();
  const checkIns = await store.checkIns();
  const refused = checkIns.filter((one) => one.refused).map((one) => one.id);
  return checkIns.filter((one) => !one.sent && !one.refused).length + (await store.photos()).filter((photo) => !photo.refused && !refused.includes(photo.checkIn)).length;
}

/** Sends what waits; a line of the page (#waiting, its words in data-words) says what is left. */
export async function sendWaiting(): Promise<void> {
  if (!('indexedDB' in window) || (await count().catch(() => 0)) === 0) return;
  const line = document.getElementById('waiting');
  const tell = async (): Promise<void> => {
    const left = await count();
    if (!line) return;
    line.hidden = left === 0;
    line.textContent = (line.dataset.words ?? '').replace('{0}', String(left));
  };
  await tell();
  await sendAll(await openStore());
  await tell();
  addEventListener('online', () => void openStore().then((store) => sendAll(store)).then(tell));
}

/** Takes from the phone what was half answered more than a day ago. */
export async function sweepDrafts(): Promise<void> {
  if ('indexedDB' in window) await sweep(await openDrafts(), withOffset(new Date()));
}

/** Sends what waits before somebody signs out: afterwards it may not be sent from here. */
export function guardSignOut(): void {
  const form = document.querySelector<HTMLFormElement>("form[action='/sign-out']");
  form?.addEventListener('submit', (event) => {
    if (form.dataset.checked) return;
    event.preventDefault();
    form.dataset.checked = 'true';
    void openStore()
      .then((store) => sendAll(store))
      .catch(() => undefined)
      .then(() => form.requestSubmit());
  });
}
