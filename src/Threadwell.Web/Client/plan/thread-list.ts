import { number, text } from '../shared/page';
import { make, renderKept } from '../shared/dom';
import { languageOf } from '../shared/engine';
import { lengthOf } from './editing';
import type { PlanPicture } from './picture';
import type { PlanStore } from './store';
import type { PlannedThread } from './types';
import { mm, newton } from './words';

/** The threads as a table: everything of them that the picture shows. */
export class ThreadList {
  constructor(private readonly host: HTMLElement, private readonly store: PlanStore, private readonly picture: PlanPicture) {}

  render(): void {
    const { draft, selection } = this.store;
    if (draft.threads.length === 0) {
      renderKept(this.host, make('p', { class: 'quiet empty' }, text('threads.none')));
      return;
    }
    const all = selection.length === draft.threads.length;
    const every = make('input', { type: 'checkbox', id: 'select-all', checked: all, 'aria-label': text('threads.all'), onchange: () => this.store.select(all ? [] : draft.threads.map((thread) => thread.id)) });
    every.indeterminate = selection.length > 0 && !all;
    const head = make('tr', {}, make('th', { scope: 'col', class: 'tick' }, every), ...['threads.name', 'threads.length', 'threads.depth', 'threads.pull', 'threads.tension'].map((key, index) => make('th', { scope: 'col', class: index > 0 ? 'number' : '' }, text(key))));
    const body = make('tbody');
    for (const thread of draft.threads) body.append(...this.rows(thread));
    renderKept(this.host, make('div', { class: 'scroll' }, make('table', { class: 'thread-table' }, make('caption', { class: 'visually-hidden' }, text('threads')), make('thead', {}, head), body)));
  }

  private rows(thread: PlannedThread): HTMLElement[] {
    const chosen = this.store.selection.includes(thread.id);
    const found = this.picture.preview?.answer.threads.find((candidate) => candidate.id === thread.id);
    const warnings = this.picture.warnings.filter((warning) => warning.threadId === thread.id);
    const doubts = (this.picture.preview?.answer.warnings ?? []).filter((warning) => warning.threadId === thread.id);
    const name = make('button', { type: 'button', id: `thread-${thread.id}`, class: 'thread-name', 'aria-pressed': String(chosen), onclick: (event) => this.onName(event as MouseEvent, thread.id) }, thread.id, make('span', { class: 'quiet small' }, ` ${thread.material}`));
    const tension = found ? `${number(found.tensionN, 2)}${found.pulledThrough ? ` ${text('threads.pulledThrough')}` : ''}` : '–';
    const row = make('tr', { class: chosen ? 'is-selected' : '', 'data-thread': thread.id },
      make('td', { class: 'tick' }, make('input', { type: 'checkbox', id: `tick-${thread.id}`, checked: chosen, 'aria-label': text('threads.select', thread.id), onchange: () => this.store.toggle(thread.id) })),
      make('th', { scope: 'row' }, name),
      make('td', { class: 'number' }, number(lengthOf(thread), 0)),
      make('td', { class: 'number' }, number(thread.depthMm, 1)),
      make('td', { class: 'number' }, thread.gatherMm !== null ? mm(thread.gatherMm) : newton(thread.pullN ?? 0, 1)),
      make('td', { class: 'number' }, tension));
    const notes = [
      ...warnings.map((warning) => make('p', { class: 'thread-warning', lang: languageOf(warning.why) }, make('strong', {}, `! ${capital(warning.name)}`), `: ${warning.why} (`, ...sources(warning.source), ').')),
      ...doubts.map((doubt) => make('p', { class: 'thread-doubt', lang: languageOf(doubt.text) }, doubt.text)),
    ];
    return notes.length > 0 ? [row, make('tr', { class: chosen ? 'is-selected is-note' : 'is-note' }, make('td', {}), make('td', { colspan: '5' }, ...notes))] : [row];
  }

  private onName(event: MouseEvent, id: string): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) this.store.toggle(id);
    else this.store.select([id]);
  }
}

/** Tension, load and hold of each barb of the selected threads. */
export function barbTable(picture: PlanPicture, ids: readonly string[]): HTMLElement | null {
  const threads = (picture.preview?.answer.threads ?? []).filter((thread) => ids.includes(thread.id));
  if (threads.length === 0) return null;
  const body = make('tbody');
  for (const thread of threads) {
    thread.barbs.forEach((barb, index) => {
      body.append(make('tr', {}, make('th', { scope: 'row' }, `${thread.id} · ${index + 1}`), make('td', { class: 'number' }, number(Math.abs(barb.loadN), 3)), make('td', { class: 'number' }, number(barb.marginN, 3)), make('td', {}, barb.slipped ? text('barb.slipped') : text('barb.holds'))));
    });
  }
  const summary = threads.map((thread) => text('barb.summary', thread.id, number(thread.tensionN, 2), number(thread.capacityN, 2))).join(' · ');
  return make('details', { class: 'barbs', id: 'barbs' }, make('summary', {}, text('barbs.table')), make('p', { class: 'small quiet' }, summary),
    make('div', { class: 'scroll short', tabindex: '0', role: 'region', 'aria-label': text('barbs.table') }, make('table', {}, make('thead', {}, make('tr', {}, ...['barb.name', 'barb.load', 'barb.margin', 'barb.state'].map((key, index) => make('th', { scope: 'col', class: index === 1 || index === 2 ? 'number' : '' }, text(key))))), body)));
}

/** Evidence ids of a source as links to their rows. */
export function sources(source: string): (Node | string)[] {
  return source.split(/([EA]-\d+)/).map((part) => (/^[EA]-\d+$/.test(part) ? make('a', { href: `/evidence/${part}` }, part) : part)).filter((part) => part !== '');
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
