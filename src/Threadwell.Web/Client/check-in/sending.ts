// Sends what waits on the phone. The page does it when it opens and when the line is back, the service worker when the browser wakes it; the key of each answer makes twice the same as once.
import type { Level } from '../triage/file';
import type { KeptCheckIn, Store } from './store';

/** What keeps something from being sent: no line, or nobody is signed in who may. */
export type Obstacle = 'away' | 'signIn' | null;

export interface Sent {
  obstacle: Obstacle;
  /** What was sent now. */
  checkIns: string[];
  photos: string[];
}

/** What the server says of answers that arrived (docs/api.md), as far as it is used here. */
interface ServerAnswer {
  id?: unknown;
  level?: unknown;
  standing?: unknown;
  due?: unknown;
}

type Request = (address: string, init: RequestInit) => Promise<Response>;

// What the server answers where it has kept a photo.
const kept = 204;

const levels: Level[] = ['green', 'amber', 'red', 'emergency'];

/** Sends everything, the oldest first. It stops where the line ends; what may not be sent from here holds up nothing else. */
export function sendAll(store: Store, request: Request = (address, init) => fetch(address, init)): Promise<Sent> {
  const act = (): Promise<Sent> => sendNow(store, request);
  // Page and service worker take turns.
  return typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks.request('threadwell-check-ins', act) : act();
}

async function sendNow(store: Store, request: Request): Promise<Sent> {
  const sent: Sent = { obstacle: null, checkIns: [], photos: [] };
  const checkIns = (await store.checkIns()).sort((one, other) => Date.parse(one.answeredAt) - Date.parse(other.answeredAt));
  for (const checkIn of checkIns.filter((one) => !one.sent && !one.refused)) {
    const answer = await post(request, `/api/treatments/${checkIn.treatment}/check-ins`, JSON.stringify(body(checkIn)), 'application/json');
    const found = obstacle(answer);
    sent.obstacle = found ?? sent.obstacle;
    if (found === 'away') return sent;
    if (found !== null) continue;
    if (answer!.ok) {
      const said = (await answer!.json().catch(() => null)) as ServerAnswer | null;

      // Whatever answers for a network that lets nobody through yet is not the server, which names the answers that it has kept.
      if (said?.id !== checkIn.id) return { ...sent, obstacle: 'away' };
      checkIn.sent = true;
      checkIn.serverLevel = levelOf(said.level);
      checkIn.serverStanding = levelOf(said.standing);
      checkIn.serverDue = typeof said.due === 'string' ? said.due : null;
      sent.checkIns.push(checkIn.id);
    } else {
      checkIn.refused = await why(answer!);
    }
    await store.putCheckIn(checkIn);
  }
  const arrived = new Set((await store.checkIns()).filter((one) => one.sent).map((one) => one.id));
  const known = new Set((await store.checkIns()).map((one) => one.id));
  for (const photo of (await store.photos()).filter((one) => !one.refused)) {
    // One whose answers are gone from here went with them before.
    if (known.has(photo.checkIn) && !arrived.has(photo.checkIn)) continue;
    const answer = await post(request, `/api/check-ins/${photo.checkIn}/photos/${photo.id}?view=${encodeURIComponent(photo.view)}`, photo.content, 'image/jpeg');
    const found = answer?.ok && answer.status !== kept ? 'away' : obstacle(answer);
    sent.obstacle = found ?? sent.obstacle;
    if (found === 'away') return sent;
    if (found !== null) continue;
    if (answer!.ok) {
      await store.removePhoto(photo.id);
      sent.photos.push(photo.id);
    } else {
      // It is told, like answers that are refused, and lies here until it was read.
      await store.putPhoto({ ...photo, refused: await why(answer!) });
    }
  }
  return sent;
}

const body = (one: KeptCheckIn): object => ({
  id: one.id,
  scheduledId: one.scheduledId,
  answeredAt: one.answeredAt,
  answers: one.answers,
  phoneLevel: one.phoneLevel,
  rulebookVersion: one.rulebookVersion,
});

async function post(request: Request, address: string, content: string | ArrayBuffer, type: string): Promise<Response | null> {
  try {
    return await request(address, { method: 'POST', headers: { 'X-Threadwell': '1', 'Content-Type': type }, body: content, credentials: 'same-origin' });
  } catch {
    return null;
  }
}

// What may pass by itself, or by signing in, is tried again; anything else the server has looked at and will not take. It refuses by a problem document alone (RFC 9457):
// any other page comes from a network that stands in for it (a hotel, a proxy), which has looked at nothing.
function obstacle(answer: Response | null): Obstacle {
  if (answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 408) return 'away';
  if (!answer.ok && !answer.headers.get('Content-Type')?.startsWith('application/problem+json')) return 'away';
  return answer.status === 401 || answer.status === 403 || answer.status === 404 ? 'signIn' : null;
}

async function why(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
  return problem.detail ?? problem.title ?? `HTTP ${answer.status}`;
}

const levelOf = (told: unknown): Level | null => levels.find((level) => level === told) ?? null;
