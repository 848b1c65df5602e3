// Sends changes one after the other, and keeps the page's picture of the treatment. Nothing that was typed is lost where another window was faster.
import { ask, Refusal } from '../shared/api';
import { text } from '../shared/page';
import type { Treatment } from './state';

export class Desk {
  private readonly listeners: ((state: Treatment) => void)[] = [];
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(public state: Treatment, private readonly tell: (words: string, bad: boolean) => void) {}

  /** Calls back now and after every change. */
  watch(listener: (state: Treatment) => void): void {
    this.listeners.push(listener);
    listener(this.state);
  }

  /** Sends a change with the revision that the page knows; null when it was kept, otherwise why it was not. */
  send(method: string, path: string, body: object): Promise<Refusal | null> {
    this.waiting++;
    const sent = this.queue.then(() => this.sendNow(method, path, body));
    this.queue = sent;
    return sent;
  }

  /** Asks without changing the treatment. */
  ask<T>(method: string, path: string, body: object): Promise<T> {
    return ask<T>(method, `/api/treatments/${this.state.id}/${path}`, body);
  }

  /** Takes the state of an answer over. While another change waits to be sent, nothing is drawn: it would undo what was just ticked. */
  take(state: Treatment): void {
    this.state = state;
    if (this.waiting > 1) return;
    for (const listener of this.listeners) listener(state);
  }

  private async sendNow(method: string, path: string, body: object): Promise<Refusal | null> {
    this.tell(text('saving'), false);
    try {
      this.take(await this.ask<Treatment>(method, path, { ...('revision' in body ? { ...body, revision: this.state.revision } : body) }));
      this.tell(text('saved'), false);
      return null;
    } catch (error) {
      if (error instanceof Refusal) {
        if (error.status === 409) {
          // What the other window kept is shown; fields that are being typed in stay as they are.
          this.take(await ask<Treatment>('GET', `/api/treatments/${this.state.id}`));
        }
        this.tell(error.status === 422 ? text('unsaved') : error.message, true);
        return error;
      }
      this.tell(text('away'), true);
      return new Refusal(0, text('away'), null, {});
    } finally {
      this.waiting--;
    }
  }
}
