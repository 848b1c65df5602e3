// What a service worker does with a push of the clinic: it shows a neutral notification in the reader's language, and opens the page that the message is about. The push itself
// holds a kind and a key; the words were laid beside it by the page on which the person agreed.

/** What is used of a service worker's global scope. */
export interface PushScope {
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClick) => void): void;
  registration: { showNotification(title: string, options?: NotificationOptions): Promise<void> };
  caches: CacheStorage;
  clients: { openWindow(address: string): Promise<unknown> };
}

interface PushEvent {
  data: { json(): unknown } | null;
  waitUntil(work: Promise<unknown>): void;
}

interface NotificationClick {
  notification: { close(): void; data: unknown };
  waitUntil(work: Promise<unknown>): void;
}

/** Words of a notification by the kind of the message. */
export type PushWords = Record<string, { title: string; body: string }>;

/** Cache in which the words lie; a worker that clears caches leaves it alone. */
export const PUSH_CACHE = 'threadwell-push';

const WORDS = '/push-words';

// Where the words are gone, the name alone: a push that shows nothing is taken from the page by the browser.
const NAMELESS = { title: 'Threadwell', body: '' };

/** Keeps the words for the worker. */
export async function keepWords(words: PushWords): Promise<void> {
  const cache = await caches.open(PUSH_CACHE);
  await cache.put(WORDS, new Response(JSON.stringify(words), { headers: { 'Content-Type': 'application/json' } }));
}

/** Makes a worker answer pushes. */
export function handlePushes(scope: PushScope): void {
  scope.addEventListener('push', (event) => event.waitUntil(show(scope, event)));
  scope.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(scope.clients.openWindow(addressOf(event.notification.data)));
  });
}

/** The page that a message is about; the start page where the message says nothing that is a key. */
export function addressOf(key: unknown): string {
  return typeof key === 'string' && /^[0-9a-f-]{36}$/.test(key) ? `/go/${key}` : '/';
}

async function show(scope: PushScope, event: PushEvent): Promise<void> {
  let message: { kind?: unknown; key?: unknown } = {};
  try {
    message = (event.data?.json() ?? {}) as { kind?: unknown; key?: unknown };
  } catch {
    // Not ours; something must be shown all the same.
  }
  const words = await wordsOf(scope.caches);
  const kind = typeof message.kind === 'string' ? message.kind : '';
  const { title, body } = words[kind] ?? NAMELESS;
  const key = typeof message.key === 'string' ? message.key : '';
  await scope.registration.showNotification(title, { body, tag: key || undefined, icon: '/icon.svg', data: key });
}

async function wordsOf(caches: CacheStorage): Promise<PushWords> {
  const kept = await (await caches.open(PUSH_CACHE)).match(WORDS);
  return kept ? ((await kept.json()) as PushWords) : {};
}
