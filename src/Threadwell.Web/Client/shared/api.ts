// Requests to the server (docs/api.md).

/** A refusal of the server: what is wrong and what to do, and the place at fault. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string, readonly place: string | null, readonly body: Record<string, unknown>) {
    super(message);
  }
}

/** Where a job stands. */
export interface JobStatus {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  fraction: number;
  step: string;
  problem: string | null;
  place: string | null;
  result: string | null;
}

/** Sends a request; throws a Refusal for an answer that is none, and a TypeError when the server does not answer. */
export async function send(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(address, {
    method,
    signal,
    headers: { 'X-Threadwell': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await refusal(response);
  return response;
}

/** Sends a request and reads its JSON answer. */
export async function ask<T>(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, address, body, signal);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function refusal(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new Refusal(response.status, String(body.detail ?? body.title ?? response.statusText), (body.place as string | null) ?? null, body);
}

/**
 * Follows a job to its end; the browser connects again by itself while the server is away. A job that the server no longer knows, because it was
 * started anew, ends as failed without a problem.
 */
export function follow(job: string, tell: (status: JobStatus) => void): { over: Promise<JobStatus>; stop: () => void } {
  const events = new EventSource(`/api/jobs/${job}/events`);
  const over = new Promise<JobStatus>((resolve) => {
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) resolve({ state: 'failed', fraction: 0, step: '', problem: null, place: null, result: null });
    };
    events.onmessage = (event) => {
      const status = JSON.parse(event.data as string) as JobStatus;
      tell(status);
      if (status.state === 'done' || status.state === 'failed' || status.state === 'cancelled') {
        events.close();
        resolve(status);
      }
    };
  });
  return { over, stop: () => events.close() };
}
