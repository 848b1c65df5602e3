// The gate: what stands against a start, starting, an override in an emergency, another booking, calling it off.
import { byId, make } from '../shared/dom';
import { text } from '../shared/page';
import type { Refusal } from '../shared/api';
import type { Desk } from './desk';
import { formOf, put, showRefusal, valueOf } from './fields';
import type { GateLine, Treatment } from './state';

/** A list of what is open, each line leading to where it is put right. */
export function lines(open: GateLine[], opening: string): HTMLElement {
  return make('ul', { class: 'gate-lines' }, ...open.map((line) => make(
    'li',
    { 'data-code': line.code },
    make('strong', {}, `${opening}: `), `${line.reason}. `,
    make('strong', {}, `${text('fix')}: `), make('a', { href: line.address, onclick: (event) => reach(line.address, event) }, line.fix), '.',
  )));
}

/** Goes to a place of this page: opens what hides it and takes the focus there. */
export function reach(address: string, event?: Event): void {
  if (!address.startsWith('#')) return;
  event?.preventDefault();
  const target = document.getElementById(address.slice(1));
  if (!target) return;
  for (let parent: HTMLElement | null = target; parent; parent = parent.parentElement) if (parent instanceof HTMLDetailsElement) parent.open = true;
  target.scrollIntoView({ block: 'start' });
  target.querySelector<HTMLElement>('input:not([type="hidden"]):not(.visually-hidden), select, button, label.button, summary')?.focus({ preventScroll: true });
}

export class Gate {
  constructor(private readonly desk: Desk) {
    byId('start').addEventListener('click', () => void this.press('start'));
    this.form('override', 'POST', 'override', (form) => ({ revision: 0, reason: valueOf(form, 'override-reason') }));
    this.form('cancel', 'POST', 'cancel', (form) => ({ revision: 0, reason: valueOf(form, 'cancel-reason') }));
    this.form('booking', 'PUT', 'booking', (form) => ({ revision: 0, day: valueOf(form, 'day'), operatorId: valueOf(form, 'operator'), facilityId: valueOf(form, 'facility'), room: valueOf(form, 'room') }));
    desk.watch((state) => this.fill(state));
  }

  private form(name: string, method: string, path: string, body: (form: HTMLFormElement) => object): void {
    const form = formOf(name);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.desk.send(method, path, body(form)).then((refusal) => { showRefusal(form, refusal, true); offerSignIn(form, refusal); });
    });
  }

  private async press(path: string): Promise<void> {
    const refusal = await this.desk.send('POST', path, { revision: 0 });
    const problem = byId('gate-problem');
    problem.hidden = !refusal;
    problem.textContent = refusal ? (refusal.body.what === 'gate' ? text('gate.refused') : refusal.message) : '';
    if (!refusal) reach(this.desk.state.kind === 'planned' ? '#threads' : '#events');
  }

  private fill(state: Treatment): void {
    const form = formOf('booking');
    put(form, 'day', state.booking.day);
    put(form, 'operator', state.booking.operatorId);
    put(form, 'facility', state.booking.facilityId);
    put(form, 'room', state.booking.room);
    byId('gate').hidden = state.state !== 'preparing';
    byId('gate-list').replaceChildren(state.gate.length > 0 ? lines(state.gate, text('gate.cannot')) : make('p', { class: 'fine' }, `✓ ${text(state.kind === 'planned' ? 'gate.open' : 'gate.care')}`));
    byId<HTMLButtonElement>('start').disabled = false;
    byId('emergency').hidden = state.gate.length === 0;
  }
}

/** Where a signature needs a fresh proof of who signs, leads to it and back. */
export function offerSignIn(host: HTMLElement, refusal: Refusal | null): void {
  if (refusal?.body.what === 'fresh') {
    host.append(make('p', { 'data-problem': true }, make('a', { class: 'button', href: `/sign-in?fresh=1&back=${encodeURIComponent(location.pathname)}` }, text('fresh.go'))));
  }
}
