// Asking a doctor: the emergency notice while somebody writes, and the work that shows that no machine sends in bulk. The server asks for both again.
import { work } from '../questions/work';
import { byId } from '../shared/dom';
import { facts } from '../shared/page';
import type { Words } from '../triage/file';
import { mentions } from '../triage/words';

const PAUSE_MS = 300;

// Longer than an answer takes, photos and a slow line aside; whoever stopped it and presses again is not kept waiting longer.
const SENDING_MS = 20_000;

const form = document.querySelector<HTMLFormElement>('#ask-form');
if (form) begin(form);

function begin(form: HTMLFormElement): void {
  const known = facts<{ words: Words; emergency: string[]; call: string[] }>();
  const text = byId<HTMLTextAreaElement>('form-text');
  const gate = byId('gate');
  let pause = 0;
  text.addEventListener('input', () => {
    clearTimeout(pause);
    pause = window.setTimeout(() => {
      const level = mentions(text.value, known.emergency, known.words, false) ? 'emergency' : mentions(text.value, known.call, known.words, false) ? 'call' : 'open';
      if (gate.dataset.level === level) return;
      gate.dataset.level = level;
      gate.hidden = level === 'open';
    }, PAUSE_MS);
  });

  const proof = form.elements.namedItem('Form.Proof') as HTMLInputElement;
  const ticket = form.elements.namedItem('Form.Ticket') as HTMLInputElement;
  const bar = byId<HTMLProgressElement>('work-bar');
  const said = byId('work-said');
  let working: Promise<void> | null = null;
  const start = (): Promise<void> =>
    (working ??= work(ticket.value, Number(form.dataset.puzzles), Number(form.dataset.bits), (done) => (bar.value = done)).then((done) => {
      proof.value = done;
    }));

  // It is done by the time that the question is written.
  form.addEventListener('input', () => void (proof.value || start()), { once: true });
  let sending = false;
  let waiting = 0;
  const send = (): void => {
    sending = true;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => (sending = false), SENDING_MS);
  };

  // Nothing tells that the browser was made to stop: who goes on writing has not sent it, nor who still waits after a while.
  window.addEventListener('pageshow', () => (sending = false));
  form.addEventListener('input', () => (sending = false));
  form.addEventListener('submit', (event) => {
    // A second press would end the first one's answer, and its ticket is taken.
    if (sending) {
      event.preventDefault();
      return;
    }
    if (proof.value) {
      send();
      return;
    }
    event.preventDefault();
    byId('work').hidden = false;
    said.textContent = said.dataset.waits ?? '';
    const by = event.submitter;
    void start().then(() => {
      said.textContent = said.dataset.done ?? '';
      form.requestSubmit(by);
    });
  });
}
