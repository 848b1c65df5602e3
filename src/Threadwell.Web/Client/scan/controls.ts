// Messages of the scan pages.
import { byId } from '../shared/dom';
import { languageOf } from '../shared/engine';
import { language } from '../shared/page';

/** Shows a message in its place, or hides the place for an empty one. */
export function showProblem(place: HTMLElement, message: string): void {
  place.hidden = message === '';
  place.textContent = message;
  place.lang = languageOf(message) ?? language;
}

/** Says something to a screen reader without moving anything on the page. */
export function tell(message: string): void {
  byId('told').textContent = message;
}
