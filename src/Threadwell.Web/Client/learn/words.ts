// The few texts that change while the page moves; they stand in its template.
const texts = document.getElementById('learn-texts')?.dataset ?? {};

/** A text with {0}, {1} … filled in. */
export function words(name: string, ...values: string[]): string {
  return (texts[name] ?? `[${name}]`).replace(/\{(\d+)\}/g, (_, index: string) => values[Number(index)] ?? '');
}
