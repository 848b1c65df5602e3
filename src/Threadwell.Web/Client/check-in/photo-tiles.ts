// The photos of a check-in: one tile a view.
import { make } from '../shared/dom';
import { text } from '../shared/page';
import type { TriageFile } from '../triage/file';
import { said } from './words';

/** A photo that was taken, and the address under which the page shows it. */
export interface TakenPhoto {
  content: ArrayBuffer;
  address: string;
}

/** The section in which photos are taken and taken back. */
export function photoTiles(file: TriageFile, photos: Map<string, TakenPhoto>, problem: string, take: (view: string, input: HTMLInputElement) => void, drop: (view: string) => void): HTMLElement {
  return make(
    'section', { class: 'card group', 'aria-labelledby': 'photos-title' },
    make('h3', { id: 'photos-title' }, text('photos')),
    make('p', { class: 'quiet small' }, text('photos.lead')),
    problem && make('p', { class: 'problem small', role: 'alert' }, problem),
    make('ul', { class: 'photo-tiles' }, ...file.photos.map((view) => {
      const taken = photos.get(view.id);
      return make(
        'li', {},
        make('label', { class: 'photo-tile', 'data-taken': Boolean(taken) || null },
          make('input', { type: 'file', accept: 'image/*', id: `photo-${view.id}`, class: 'visually-hidden', onchange: (event) => take(view.id, event.target as HTMLInputElement) }),
          taken ? make('img', { src: taken.address, alt: '' }) : make('span', { class: 'photo-sign', 'aria-hidden': 'true' }, '+'),
          make('span', {}, said(view.text))),
        taken && make('button', { type: 'button', class: 'quiet-button', id: `drop-${view.id}`, 'aria-label': text('photos.drop', said(view.text)), onclick: () => drop(view.id) }, '✕'),
      );
    })),
  );
}

/** A photo as the page shows it. */
export const shownPhoto = (content: ArrayBuffer): TakenPhoto => ({ content, address: URL.createObjectURL(new Blob([content], { type: 'image/jpeg' })) });
