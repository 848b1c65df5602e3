// Finding and making elements of a page.

/** The element with an id; the page's razor component has it. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element '${id}'.`);
  return found as T;
}

/** A new element with attributes and content. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

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
