// What the server tells a page's scripts: language, texts and facts, from the element script#page.
interface PageData {
  language: string;
  texts: Record<string, string>;
  facts: unknown;
}

const element = document.getElementById('page');
const data: PageData = element?.textContent ? (JSON.parse(element.textContent) as PageData) : { language: 'en', texts: {}, facts: null };

/** Language of the page, 'en' or 'vi'. */
export const language = data.language;

/** What the page knows: its razor component says which form. */
export function facts<T>(): T {
  return data.facts as T;
}

/** A text of the page with {0}, {1} … filled in. A missing one shows its key, which the tests find. */
export function text(key: string, ...values: (string | number)[]): string {
  const found = data.texts[key] ?? `[${key}]`;
  return found.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

/** A number in the page's language, with fixed decimals. */
export function number(value: number, decimals = 1): string {
  const rounded = Number(value.toFixed(decimals));
  return new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(rounded === 0 ? 0 : rounded).replace('-', '−');
}
