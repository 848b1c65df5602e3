// Messages of the scan pages.
import { byId } from '../shared/dom';

/** Shows a message in its place, or hides the place for an empty one. Engine sentences come in English. */
export function showProblem(place: HTMLElement, message: string, english = false): void {
  place.hidden = message === '';
  place.textContent = message;
  if (english) place.lang = 'en';
  else place.removeAttribute('lang');
}

/** Says something to a screen reader without moving anything on the page. */
export function tell(message: string): void {
  byId('told').textContent = message;
}
