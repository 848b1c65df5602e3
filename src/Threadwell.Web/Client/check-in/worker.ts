// The service worker of this page, as the page sees it.
import { pages } from './leave';

/** Lets it keep the page; told is called when it has sent what waits. */
export function register(told: () => void): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', told);
  navigator.serviceWorker.register('/check-in-worker.js', { scope: location.pathname }).catch(() => undefined);
}

/** Asks the browser to wake it when there is a line, so that answers go though the page is closed. */
export async function wake(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = (await navigator.serviceWorker.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register('check-ins').catch(() => undefined);
}

/** Keeps the page as the server writes it now. */
export async function renew(): Promise<void> {
  if (!('caches' in window) || !(await navigator.serviceWorker?.getRegistration())) return;
  const page = await fetch(location.pathname, { cache: 'no-store' });
  if (page.ok && !page.redirected) await (await caches.open(pages)).put(location.pathname, page);
}
