// A test of the nerves, in one of its three places: before, at discharge, the next morning.
import { text } from '../shared/page';
import type { Desk } from './desk';
import { formOf, put, showRefusal, ticked, valueOf } from './fields';
import { mark } from './preparation';
import type { Nerves } from './state';

export class NerveTest {
  private readonly form: HTMLFormElement;

  /** name: the form's; method and path: where it is sent. */
  constructor(name: string, private readonly places: string[], desk: Desk, method: string, path: string, withTicks = false) {
    this.form = formOf(name);
    const save = (focus: boolean) =>
      void desk.send(method, path, { revision: 0, findings: Object.fromEntries(places.map((place) => [place, valueOf(this.form, place)])), note: valueOf(this.form, 'note'), ...(withTicks ? { ticked: ticked(this.form) } : {}) })
        .then((refusal) => showRefusal(this.form, refusal, focus));
    this.form.addEventListener('submit', (event) => { event.preventDefault(); save(true); });
    this.form.querySelector('[data-normal]')!.addEventListener('click', () => {
      for (const place of places) (this.form.elements.namedItem(place) as HTMLSelectElement).value ||= 'normal';
      // A record of the morning after is added once and for all: it waits for the button.
      if (name !== 'nerves-morning') save(false);
    });
    if (withTicks) {
      this.form.addEventListener('change', (event) => {
        if ((event.target as HTMLInputElement).name === 'ticked' && places.every((place) => valueOf(this.form, place))) save(false);
      });
    }
  }

  fill(known: Nerves | null, section: string, boxes: string[] = []): void {
    if (known) {
      for (const place of this.places) put(this.form, place, known.findings[place] ?? '');
      put(this.form, 'note', known.note);
      this.form.querySelector('[data-by]')!.textContent = known.tested;
      for (const box of this.form.querySelectorAll<HTMLInputElement>('input[name="ticked"]')) box.checked = boxes.includes(box.value);
    }
    mark(section, known !== null, known ? known.tested : text('missing'));
  }
}
