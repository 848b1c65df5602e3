// Finding and making elements of a page.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element with attributes ('onclick' and the like listen; true sets an empty one, false, null and undefined set none) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...shown(children));
  return element;
}

/** Renders anew and puts the focus back on the element of the same id. */
export function renderKept(host: HTMLElement, ...children: Child[]): void {
  const focused = host.contains(document.activeElement) ? document.activeElement!.id : '';
  host.replaceChildren(...shown(children));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** The page's element of an id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

const shown = (children: Child[]): (Node | string)[] => children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false);
