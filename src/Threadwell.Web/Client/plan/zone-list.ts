import { number, text } from '../shared/page';
import { make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { PlanPicture } from './picture';
import { capital, sources } from './thread-list';
import type { DangerZone } from './types';
import { zoneDepth } from './words';

/** The danger zones of the scan as a table; those that a thread meets come first. */
export function renderZones(host: HTMLElement, zones: readonly DangerZone[], picture: PlanPicture): void {
  const met = (zone: DangerZone): string[] => picture.warnings.filter((warning) => warning.structure === zone.structure).map((warning) => warning.threadId);
  const ordered = [...zones].sort((a, b) => Math.min(1, met(b).length) - Math.min(1, met(a).length));
  const body = make('tbody');
  for (const zone of ordered) {
    const ids = met(zone);
    body.append(make('tr', { class: ids.length > 0 ? 'is-met' : '' },
      make('th', { scope: 'row' }, make('span', { lang: languageOf(zone.name) }, capital(zone.name)), ids.length > 0 && make('span', { class: 'zone-met' }, ` ! ${text('zone.met', ids.join(', '))}`)),
      make('td', {}, zoneDepth(zone)),
      make('td', { class: 'number' }, text('mm', number(zone.reachMm, 0))),
      make('td', {}, ...sources(zone.source))));
  }
  host.replaceChildren(make('div', { class: 'scroll short', tabindex: '0', role: 'region', 'aria-label': text('zones') }, make('table', { class: 'zone-table' },
    make('thead', {}, make('tr', {}, ...['zone.structure', 'zone.depthHead', 'zone.reach', 'zone.source'].map((key, index) => make('th', { scope: 'col', class: index === 2 ? 'number' : '' }, text(key))))), body)));
}
