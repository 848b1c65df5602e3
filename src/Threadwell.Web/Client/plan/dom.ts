// Making elements.

type Child = Node | string | null | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element with attributes ('onclick' and the like listen; true sets an empty one, false, null and undefined set none) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null && child !== false) element.append(child);
  return element;
}

/** Renders anew and puts the focus back on the element of the same id. */
export function renderKept(host: HTMLElement, ...children: Child[]): void {
  const focused = host.contains(document.activeElement) ? document.activeElement!.id : '';
  host.replaceChildren(...children.filter((child): child is Node | string => child !== null && child !== false));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** The page's element of an id. */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

/** A select with its choices; the first member of a pair is the value. */
export function choice(id: string, label: string, options: readonly (readonly [string, string])[], value: string | null, onchange: (value: string) => void): HTMLElement {
  const select = make('select', { id, onchange: () => onchange(select.value) });
  for (const [key, name] of options) select.append(make('option', { value: key, selected: key === value }, name));
  if (value === null) select.prepend(make('option', { value: '', selected: true, disabled: true, hidden: true }, '…'));
  return make('div', { class: 'field' }, make('label', { for: id }, label), select);
}
