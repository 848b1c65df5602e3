// How a person is reminded: turning notifications on and off in this browser.
import { send } from '../shared/api';
import { byId } from '../shared/dom';
import { facts, text } from '../shared/page';
import { keepWords } from '../shared/push-handler';

const WORKER = '/push-worker.js';

// Where this browser agrees (an account, or an enrolled phone), and below which address its worker stands. isEnded: the server does not send to this phone any more, until it is turned on anew.
const { publicKey, address, scope, isEnded } = facts<{ publicKey: string; address: string; scope: string; isEnded: boolean }>();
const told = byId('push-told');
const on = byId<HTMLButtonElement>('push-on');
const off = byId<HTMLButtonElement>('push-off');

on.addEventListener('click', () => void attempt(turnOn));
off.addEventListener('click', () => void attempt(turnOff));
void attempt(look);

// Runs one step at a time; what goes wrong is said in its place.
async function attempt(step: () => Promise<void>): Promise<void> {
  on.disabled = off.disabled = true;
  try {
    await step();
  } catch (error) {
    told.textContent = `${text('device.failed')} ${error instanceof Error ? error.message : ''}`.trim();
  } finally {
    on.disabled = off.disabled = false;
  }
}

async function look(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) {
    told.textContent = text('device.cannot');
    return;
  }
  const subscription = isEnded ? null : await subscribed();
  if (subscription) {
    // The server may have lost or ended it meanwhile, and the language may be another one.
    await agree(subscription);
  }
  tell(subscription ? 'device.isOn' : Notification.permission === 'denied' ? 'device.denied' : 'device.isOff', !!subscription);
}

async function turnOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') {
    tell('device.denied', false);
    return;
  }
  const registration = await navigator.serviceWorker.register(WORKER, { scope });
  await active(registration);
  await agree(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
  tell('device.isOn', true);
}

async function turnOff(): Promise<void> {
  const subscription = await subscribed();
  if (subscription) {
    await send('POST', `${address}/end`, { address: subscription.endpoint });
    await subscription.unsubscribe();
  }
  tell('device.isOff', false);
}

async function agree(subscription: PushSubscription): Promise<void> {
  await keepWords({
    checkIn: { title: text('note.checkIn'), body: text('note.checkIn.body') },
    appointment: { title: text('note.appointment'), body: text('note.appointment.body') },
    escalation: { title: text('note.escalation'), body: text('note.escalation.body') },
  });
  const keys = subscription.toJSON().keys ?? {};
  await send('POST', address, { address: subscription.endpoint, publicKey: keys.p256dh, secret: keys.auth });
}

async function subscribed(): Promise<PushSubscription | null> {
  return (await (await navigator.serviceWorker.getRegistration(scope))?.pushManager.getSubscription()) ?? null;
}

function active(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  return registration.active || !worker
    ? Promise.resolve()
    : new Promise((resolve) => worker.addEventListener('statechange', () => worker.state === 'activated' && resolve()));
}

function tell(key: string, isOn: boolean): void {
  told.textContent = text(key);
  on.hidden = isOn;
  off.hidden = !isOn;
}
