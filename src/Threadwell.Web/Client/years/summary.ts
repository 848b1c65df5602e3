// What stands under picture and chart: the answer in short, what a patient should know, and what can be taken along.
import { text } from '../shared/page';
import type { Course } from './document';
import { make } from '../shared/dom';
import { languageOf, said } from '../shared/engine';
import type { CourseFacts } from './facts';
import type { Prediction } from './prediction';
import { dissolvingHere, dissolvingWords, materialName, momentWords, shortNumber, tiles } from './words';
import { daysPerMonth } from './time';

/** The summary in tiles: lift, support and the state against day 0, kept apart. */
export function summarySection(course: Course, facts: CourseFacts): HTMLElement {
  return make('section', { class: 'years-summary', 'aria-labelledby': 'years-summary' },
    make('h2', { id: 'years-summary' }, text('years.summary')),
    make('div', { class: 'tile-groups' }, ...tiles(course, facts).map((group) =>
      make('div', { class: 'card tile-group' },
        make('h3', {}, group.title),
        make('p', { class: 'quiet small' }, group.what),
        make('dl', {}, ...group.tiles.map((tile) => make('div', { 'data-tile': tile.key }, make('dt', {}, tile.words), make('dd', { class: 'number' }, tile.value), ...(tile.range ? [make('dd', { class: 'range' }, tile.range)] : []))))))),
    ...(course.document.ensemble ? [make('p', { class: 'quiet small' }, text('years.bands', course.document.ensemble.samples, course.document.ensemble.facts))] : []));
}

/** What a patient should know, with the sources, and how the threads of this plan dissolve. */
export function honestSection({ course, plan }: Prediction, facts: CourseFacts): HTMLElement {
  const { advice, measured } = facts;
  const materials = [...new Set(plan.threads.map((thread) => thread.material))];
  return make('section', { class: 'years-honest', 'aria-labelledby': 'years-honest' },
    make('h2', { id: 'years-honest' }, text('years.honest')),
    make('p', { class: 'years-estimate' }, text('years.estimate')),
    make('p', {}, text('years.honest.advice',
      shortNumber(advice.lowMonths / 12, 0), shortNumber((advice.highMonths ?? 0) / 12, 0), advice.source,
      shortNumber(measured.lowMonths, 0), shortNumber(measured.highMonths ?? 0, 0), measured.source)),
    make('p', {}, text('years.honest.fades')),
    make('h3', {}, text('years.dissolve')),
    ...materials.map((material) => {
      const planned = plan.threads.find((thread) => thread.material === material);
      const thread = course.document.threads.find((candidate) => candidate.id === planned?.id);
      return make('p', {}, dissolvingWords(material, facts.dissolving[materialName(material)]), ' ', thread ? dissolvingHere(thread, course.months) : '');
    }));
}

/** Warnings of the prediction. */
export function warningsSection(course: Course): HTMLElement | null {
  const { warnings } = course.document;
  if (warnings.length === 0) return null;
  return make('details', { class: 'notice years-warnings' },
    make('summary', {}, `${text('years.warnings')} (${warnings.length})`),
    make('ul', {}, ...warnings.map((warning) => make('li', { lang: languageOf(said(warning)) }, said(warning)))));
}

/** Everything that can be taken along; the surfaces are those of the month shown, always at true scale. */
export class Downloads {
  readonly element: HTMLElement;
  private readonly surfaces: { course: string; link: HTMLAnchorElement }[];

  constructor(private readonly prediction: string, planAddress: string, compareAddress: string) {
    this.surfaces = ['treated', 'untreated'].map((course) => ({ course, link: make('a', { class: 'button', download: '' }) }));
    const link = (key: string, address: string, download: boolean): HTMLAnchorElement =>
      make('a', { class: 'button', href: address, download: download ? '' : undefined, 'data-download': key }, text(`years.download.${key}`));
    this.element = make('section', { class: 'years-downloads', 'aria-labelledby': 'years-downloads' },
      make('h2', { id: 'years-downloads' }, text('years.downloads')),
      make('p', { class: 'download-links' },
        link('report', `/api/predictions/${prediction}/report`, false),
        ...this.surfaces.map(({ link: surface }) => surface),
        link('prediction', `/api/predictions/${prediction}/document?download`, true),
        link('plan', planAddress, true),
        make('a', { class: 'button', href: compareAddress }, text('years.compare')),
        make('a', { class: 'button', href: `/predictions/${prediction}/causes` }, text('years.causes'))),
      make('p', { class: 'quiet small' }, text('years.download.true')));
  }

  setMonth(month: number): void {
    const day = Number((month * daysPerMonth).toFixed(2));
    for (const { course, link } of this.surfaces) {
      link.href = `/api/predictions/${this.prediction}/surface.glb?day=${day}&course=${course}`;
      link.download = `${course}-day-${Math.round(day)}.glb`;
      link.textContent = text(`years.download.${course}`, momentWords(month));
    }
  }
}
