// The page that goes through the day of a treatment.
import { byId, make } from '../shared/dom';
import { facts, text } from '../shared/page';
import { Desk } from '../treatment/desk';
import { formOf, problemsOf, showRefusal, valueOf } from '../treatment/fields';
import { Gate, lines, offerSignIn, reach } from '../treatment/gate';
import { NerveTest } from '../treatment/nerves';
import { mark, Preparation } from '../treatment/preparation';
import type { Facts, Treatment } from '../treatment/state';
import { Threads } from '../treatment/threads';

const known = facts<Facts>();
const desk = new Desk(known.treatment, (words, bad) => {
  const told = byId('told');
  told.textContent = words;
  told.dataset.bad = String(bad);
});
const before = new NerveTest('nerves', known.nerves, desk, 'PUT', 'nerves');
const discharge = new NerveTest('nerves-discharge', known.nerves, desk, 'PUT', 'discharge', true);
new NerveTest('nerves-morning', known.nerves, desk, 'POST', 'next-morning');
new Preparation(desk, known);
new Gate(desk);
if (document.getElementById('threads')) new Threads(desk);

const eventForm = formOf('event');
eventForm.addEventListener('submit', (event) => {
  event.preventDefault();
  void desk.send('POST', 'events', { kind: byId<HTMLSelectElement>('event-kind').value, text: valueOf(eventForm, 'event') }).then((refusal) => {
    showRefusal(eventForm, refusal, true);
    if (!refusal) eventForm.reset();
  });
});

byId('sign').addEventListener('click', () => void desk.send('POST', 'end', { revision: 0 }).then((refusal) => {
  const problem = byId('end-problem');
  problem.hidden = !refusal;
  problem.replaceChildren(refusal ? (refusal.body.what === 'end' ? text('end.refused') : Object.values(problemsOf(refusal)).join(' ')) : '');
  offerSignIn(byId('end'), refusal);
  if (!refusal) scrollTo({ top: 0 });
}));
byId('next').addEventListener('click', (event) => reach(byId<HTMLAnchorElement>('next').getAttribute('href')!, event));

let shown: Treatment['state'] | null = null;
desk.watch((state) => {
  document.querySelector<HTMLElement>('.treatment-page')!.dataset.state = state.state;
  before.fill(state.nerves, 'nerves');
  discharge.fill(state.nervesAtDischarge, 'discharge', state.discharge);
  mark('morning', state.mornings.length > 0, text(state.mornings.length > 0 ? 'morning.done' : 'morning.open'));
  const started = state.state === 'started';
  const ended = state.state === 'ended';
  for (const [id, visible] of [['events', started || ended], ['discharge', started || ended], ['end', started], ['morning', ended]] as const) byId(id).hidden = !visible;
  byId('end-list').replaceChildren(state.open.length > 0 ? lines(state.open, text('end.cannot')) : make('p', { class: 'fine' }, `✓ ${text('end.open')}`));
  byId('event-list').replaceChildren(...state.events.map((happened) => make('li', {}, make('strong', {}, text(`event.${happened.kind}`)), ` ${happened.text} `, make('span', { class: 'quiet small' }, `${happened.at}, ${happened.by}`))));
  byId('morning-list').replaceChildren(...state.mornings.map((morning) => make('li', {}, morning.tested, ': ', told(morning.findings), morning.note ? ` · ${morning.note}` : '')));
  const signed = byId('signed');
  signed.hidden = state.signed === '';
  signed.replaceChildren(make('p', {}, make('strong', {}, `✓ ${text('signed', state.signed)}`)), make('p', { class: 'small quiet code' }, text('signed.seal', state.signedSha256)));
  const overridden = byId('override-mark');
  overridden.hidden = state.override === '';
  overridden.textContent = text('override.mark', state.override);
  const card = document.getElementById('card-paper');
  if (card) card.hidden = !ended || state.threads.every((thread) => thread.isStruck);
  freeze(state);
  next(state);
  if (shown !== state.state) {
    if (shown === 'preparing' || state.state !== 'preparing') byId<HTMLDetailsElement>('preparation').open = state.state === 'preparing';
    shown = state.state;
  }
});

/** What is signed, called off or not this person's to write is only shown. */
function freeze(state: Treatment): void {
  const writes = known.writes && (state.state === 'preparing' || state.state === 'started');
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-form]')) {
    const may = form.dataset.form === 'nerves-morning' ? known.writes && state.state === 'ended' : form.dataset.form === 'booking' || form.dataset.form === 'cancel' || form.dataset.form === 'recheck' ? writes && state.state === 'preparing' : writes;
    for (const control of form.querySelectorAll<HTMLInputElement>('input:not([data-own]), select, button')) control.disabled = !may;
  }
  for (const control of document.querySelectorAll<HTMLInputElement>('#views input')) control.disabled = state.state === 'ended' || state.state === 'cancelled';
  for (const id of ['start', 'sign']) byId<HTMLButtonElement>(id).disabled = !known.writes;
  const why = byId('may-not');
  const words = state.state === 'cancelled' ? text('cancelled') : !known.writes ? text('reads') : state.state === 'ended' ? '' : state.mayNotTreat;
  why.hidden = words === '';
  why.textContent = words;
}

/** The one thing to do next. */
function next(state: Treatment): void {
  const link = byId<HTMLAnchorElement>('next');
  const first = state.state === 'preparing' ? state.gate[0] : state.state === 'started' ? state.open[0] : undefined;
  const [words, address] = first ? [first.fix, first.address]
    : state.state === 'preparing' ? [text('start'), '#gate']
    : state.state === 'started' ? [text('end.go'), '#end']
    : state.state === 'ended' && state.mornings.length === 0 ? [text('morning.next'), '#morning']
    : [text('record'), `/patients/${known.patient}`];
  link.textContent = words;
  link.setAttribute('href', address);
}

const told = (findings: Record<string, string>): string => {
  const hurt = Object.entries(findings).filter(([, finding]) => finding !== 'normal');
  return hurt.length === 0 ? text('nerves.all') : hurt.map(([place, finding]) => `${text(`nerve.${place.split('.')[0]!}`)} ${text(`side.${place.split('.')[1]!}`)}: ${text(`finding.${finding}`)}`).join(', ');
};
