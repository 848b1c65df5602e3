// The page on which two plans are compared: /compare?a={plan}&b={plan}
import { ask, follow } from '../shared/api';
import { facts, text } from '../shared/page';
import type { Plan, Scan } from '../plan/types';
import { fetchCompared, fetchDifference } from '../years/compare-side';
import { CompareView } from '../years/compare-view';
import { selectBox } from '../years/controls';
import { make } from '../shared/dom';
import type { CourseFacts } from '../years/facts';

const host = document.getElementById('compare') as HTMLElement;
const asked = new URLSearchParams(location.search);

void open();

async function open(): Promise<void> {
  const a = asked.get('a');
  const b = asked.get('b');
  host.replaceChildren(make('p', { class: 'quiet', role: 'status' }, text('years.loading')));
  try {
    if (!a || !b) {
      host.replaceChildren(await chooser(a, b));
      return;
    }

    const [first, second] = await Promise.all([fetchCompared(a), fetchCompared(b)]);
    if (!first || !second) {
      host.replaceChildren(make('p', { class: 'problem', role: 'alert' }, text('compare.missing')), await chooser(first ? a : null, second ? b : null));
      return;
    }

    const view = new CompareView([first, second], await fetchDifference(first, second), facts<{ ranges: CourseFacts }>().ranges);
    const others = make('details', { class: 'chart-table compare-others' }, make('summary', {}, text('compare.other')), await chooser(a, b));
    host.replaceChildren(others, view.element);
    for (const side of view.sides) {
      // A course that is being computed is shown as soon as it is done.
      if (side.compared.running) void follow(side.compared.running.id, (status) => side.setProgress(status.fraction)).over.then(() => location.reload());
    }
    await view.draw();
  } catch (error) {
    const again = make('button', { type: 'button' }, text('years.retry'));
    again.addEventListener('click', () => void open());
    host.replaceChildren(make('p', { class: 'problem', role: 'alert' }, text('years.problem', error instanceof Error ? error.message : String(error))), again);
  }
}

/** A form with two selects; it works like any link to this page. */
async function chooser(a: string | null, b: string | null): Promise<HTMLElement> {
  const [plans, scans] = await Promise.all([ask<Plan[]>('GET', '/api/plans'), ask<Scan[]>('GET', '/api/scans')]);
  if (plans.length < 2) {
    return make('div', { class: 'card years-message' }, make('h2', {}, text('compare.few')), make('p', {}, text('compare.few.next')), make('p', {}, make('a', { class: 'button primary', href: '/' }, text('home'))));
  }

  const nameOf = (plan: Plan): string => `${plan.name} · ${scans.find((scan) => scan.id === plan.scanId)?.name ?? ''}`;
  const options = plans.map((plan) => ({ value: plan.id, words: nameOf(plan) }));
  const known = (id: string | null): string | undefined => plans.find((plan) => plan.id === id)?.id;
  const first = known(a) ?? plans[0].id;
  const scan = plans.find((plan) => plan.id === first)?.scanId;
  const second = known(b) ?? (plans.find((plan) => plan.id !== first && plan.scanId === scan) ?? plans.find((plan) => plan.id !== first))?.id ?? plans[1].id;
  const pick = (key: 'a' | 'b', words: string, chosen: string): HTMLElement => {
    const { element, select } = selectBox(words, options, chosen, () => undefined);
    select.name = key;
    return element;
  };
  return make('form', { class: 'card compare-choice', method: 'get', action: '/compare' },
    make('h2', {}, text('compare.choose')),
    make('p', { class: 'quiet' }, text('compare.choose.lead')),
    make('div', { class: 'compare-fields' }, pick('a', text('compare.first'), first), pick('b', text('compare.second'), second), make('button', { class: 'primary', type: 'submit' }, text('compare.go'))));
}
