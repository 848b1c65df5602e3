// Keeps the page of one treatment's check-ins on the phone, so that it opens without a line, and sends what waits when the browser wakes it. Its scope is that one page.
import { pages } from '../check-in/leave';
import { sendAll } from '../check-in/sending';
import { openStore } from '../check-in/store';

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void>; matchAll(): Promise<{ postMessage(message: unknown): void }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate' | 'sync', act: (event: Lasting & { tag?: string }) => void): void;
  addEventListener(name: 'fetch', act: (event: Fetching) => void): void;
}

// Put in where the scripts are bundled: what the page is made of, and a name for just these files.
declare const FILES: string[];
declare const BUNDLE: string;

const worker = self as unknown as WorkerScope;
const page = new URL(worker.registration.scope).pathname;
const files = `check-in-files-${BUNDLE}`;

// A line so slow is as good as none: the kept page asks the same questions.
const patienceMs = 4000;

worker.addEventListener('install', (event) => {
  event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('check-in-files-') && name !== files) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (address.pathname === page) event.respondWith(open(request));
  } else if (address.pathname.startsWith('/assets/') || address.pathname === '/api/check-ins/rulebook') {
    event.respondWith(kept(request));
  }
});

worker.addEventListener('sync', (event) => {
  if (event.tag !== 'check-ins') return;
  event.waitUntil(
    (async () => {
      const sent = await sendAll(await openStore());
      for (const client of await worker.clients.matchAll()) client.postMessage('sent');
      // The browser tries again, ever more rarely.
      if (sent.obstacle === 'away') throw new Error('The server does not answer.');
    })(),
  );
});

async function keepAll(): Promise<void> {
  await (await caches.open(files)).addAll(FILES);
  const answer = await fetch(page, { credentials: 'same-origin', cache: 'no-store' });
  if (answer.ok && !answer.redirected) {
    const text = await answer.clone().text();
    const rulebook = /"rulebook":"([^"]+)"/.exec(text)?.[1];
    if (rulebook) await (await caches.open(files)).add(rulebook.replaceAll('\\u002B', '+').replaceAll('\\u0026', '&'));
    await (await caches.open(pages)).put(page, answer);
  }
}

// The newest page where there is a line, otherwise the kept one.
async function open(request: Request): Promise<Response> {
  const cache = await caches.open(pages);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.status >= 500) throw new Error(`The server answers ${answer.status}.`);
    if (answer.ok && answer.type === 'basic' && !answer.redirected) await cache.put(page, answer.clone());
    return answer;
  } catch (error) {
    const old = await cache.match(page);
    if (old) return old;
    throw error;
  }
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(files);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
