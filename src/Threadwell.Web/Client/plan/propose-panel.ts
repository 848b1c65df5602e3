import { ask, follow, Refusal, send } from '../shared/api';
import { languageOf } from '../shared/engine';
import { make } from '../shared/dom';
import { language, number, text } from '../shared/page';
import type { PlanPicture } from './picture';
import type { PlanStore } from './store';
import type { PlanDraft } from './types';
import { landmarkName, mm, when } from './words';

interface Proposal {
  kind: string;
  /** Which it is, in the page's language. */
  name: string;
  plan: PlanDraft;
  lifts: { landmark: string; wishedMm: number; liftMm: number; missingMm: number }[];
  /** How near it comes to its limits, in the page's language. */
  risks: { what: string; value: string }[];
  reasons: { threadId: string; sentences: string[] }[];
}

interface Found {
  foundAt: string;
  modelVersion: string;
  wishIsMet: boolean;
  /** What was wished, in the page's language. */
  wish: string;
  /** Whether the wish is met, in a sentence. */
  met: string;
  proposals: Proposal[];
}

/** Where the search of a plan stands, and what the last one that ended well found. */
interface Standing {
  job: string | null;
  problem: string | null;
  found: Found | null;
}

const LEAST_MM = 0.1;
const MOST_MM = 20;

// Less than this is shown as met.
const MET_MM = 0.05;

// After a stream that the server closed: not at once, since it may go on closing them.
const LOOK_AGAIN_MS = 2000;

const bare = (landmark: string): string => landmark.replace(/\.(left|right)$/, '');
const otherSide = (landmark: string): string => landmark.replace(/\.(left|right)$/, (side) => (side === '.left' ? '.right' : '.left'));

const percent = (share: number): string => text('percent', number(100 * share, 0));

/** The wish, the search for plans that meet it, and what it proposes side by side: kept by the server until another search ends well. */
export class ProposePanel {
  private readonly wish = new Map<string, number>();
  private readonly fields = make('div', { class: 'fields' });
  private readonly problem = make('p', { class: 'problem', role: 'alert', id: 'propose-problem', hidden: true });
  private readonly start = make('button', { type: 'button', class: 'primary', id: 'propose', onclick: () => void this.run() }, text('propose.start'));
  private readonly again = make('button', { type: 'button', id: 'propose-show', class: 'propose-show', onclick: () => this.dialog.showModal() });
  private readonly kept = make('div', { id: 'propose-kept', hidden: true });
  private readonly bar = make('progress', { max: 1, value: 0, 'aria-label': text('propose.progress') });
  private readonly step = make('p', { class: 'small quiet', id: 'propose-step' });
  private readonly running = make('div', { class: 'course-row', hidden: true }, this.bar, make('div', { class: 'course-foot' }, this.step, make('button', { type: 'button', id: 'propose-cancel', onclick: () => void this.cancel() }, text('course.cancel'))));
  private readonly dialog = make('dialog', { id: 'proposals', class: 'proposals', 'aria-labelledby': 'proposals-title' });
  private job: string | null = null;
  private shownFor = '';

  // When what is shown was found.
  private foundAt = '';

  constructor(private readonly host: HTMLElement, private readonly store: PlanStore, private readonly picture: PlanPicture, private readonly say: (words: string) => void) {
    host.append(make('p', { class: 'small quiet' }, text('propose.about')), this.fields, this.problem, make('div', { class: 'actions' }, this.start), this.running, this.kept);
    document.body.append(this.dialog);
  }

  private get address(): string {
    return `/api/plans/${this.store.plan.id}/proposals`;
  }

  /** Shows what an earlier search found, and follows one that is under way, whoever started it. */
  async load(): Promise<void> {
    const standing = await ask<Standing>('GET', this.address);
    if (standing.found) this.keep(standing.found);
    if (standing.problem) this.tell(standing.problem);
    if (standing.found || standing.job || standing.problem) this.host.closest('details')!.open = true;
    if (standing.job) await this.during(() => this.watch(standing.job!));
  }

  /** Shows a field for each landmark that the plan lifts: one for both sides where both are lifted. */
  render(): void {
    const targets = this.store.draft.targets.map((target) => target.landmark);
    const names = [...new Set(targets.map((name) => (targets.includes(otherSide(name)) ? bare(name) : name)))];
    const shownFor = `${this.store.draft.area} ${names.join()}`;
    if (shownFor === this.shownFor) return;
    this.shownFor = shownFor;
    this.wish.clear();
    this.fields.replaceChildren(...names.map((name) => {
      this.wish.set(name, 1);
      const input = make('input', { id: `wish-${name}`, type: 'number', min: LEAST_MM, max: MOST_MM, step: 0.1, inputmode: 'decimal', value: 1, oninput: () => { input.dataset.begun = 'true'; this.wish.set(name, Number(input.value)); } });
      return make('div', { class: 'field' }, make('label', { for: input.id }, text('propose.wish', landmarkName(name))), input);
    }));
  }

  /** Begins with what the plan lifts now, once that is known. */
  suggest(): void {
    for (const [name] of this.wish) {
      const input = document.getElementById(`wish-${name}`) as HTMLInputElement | null;
      if (!input || input.dataset.begun) continue;
      const lifts = (this.picture.preview?.answer.lifts ?? []).filter((lift) => lift.landmark === name || bare(lift.landmark) === name).map((lift) => lift.liftMm);
      if (lifts.length === 0) continue;
      input.dataset.begun = 'true';
      const begin = Math.max(LEAST_MM, Math.round(10 * Math.max(...lifts)) / 10);
      input.value = String(begin);
      this.wish.set(name, begin);
    }
  }

  private run(): Promise<void> {
    return this.during(async () => {
      await this.store.save();
      const wish = [...this.wish].map(([landmark, liftMm]) => ({ landmark, liftMm }));
      await this.watch(await this.ask(wish));
    });
  }

  /** Starts a search; where one is under way that this page did not know of, that one is followed, and why no other was started is told. */
  private async ask(wish: { landmark: string; liftMm: number }[]): Promise<string> {
    try {
      const { job } = await ask<{ job: string }>('POST', this.address, { wish });
      this.say(text('propose.started'));
      return job;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 422) throw error;
      const standing = await ask<Standing>('GET', this.address);
      if (!standing.job) throw error;
      this.tell(error.message);
      return standing.job;
    }
  }

  // While a search is asked for and runs, none other can be.
  private async during(work: () => Promise<void>): Promise<void> {
    this.problem.hidden = true;
    this.start.disabled = true;
    try {
      await work();
    } catch (error) {
      this.tell(error instanceof Refusal ? error.message : text('offline'));
    } finally {
      this.job = null;
      this.running.hidden = true;
      this.start.disabled = false;
    }
  }

  private async watch(job: string): Promise<void> {
    this.job = job;
    this.bar.value = 0;
    this.step.textContent = '…';
    this.running.hidden = false;
    const { state, problem } = await follow(job, (now) => {
      this.bar.value = now.fraction;
      this.step.textContent = `${now.step || '…'} · ${percent(now.fraction)}`;
    }).over;
    if (state === 'cancelled') {
      this.say(text('propose.cancelled'));
      return;
    }

    // A stream may end before its search does; and a server that was started anew no longer knows a search that had ended, but what it found.
    const standing = await ask<Standing>('GET', this.address);
    if (state === 'failed' && problem === null && standing.job) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      return this.watch(standing.job);
    }

    const failed = problem ?? standing.problem;
    if (failed) {
      this.tell(failed);
    } else if (standing.found && standing.found.foundAt !== this.foundAt) {
      this.problem.hidden = true;
      this.keep(standing.found);
      this.say(text('propose.found', standing.found.proposals.length));
      this.dialog.showModal();
    } else {
      this.say(text('propose.cancelled'));
    }
  }

  private async cancel(): Promise<void> {
    if (this.job) await send('DELETE', `/api/jobs/${this.job}`).catch(() => {});
  }

  private keep(found: Found): void {
    this.foundAt = found.foundAt;
    const picture = (index: number): string => `${this.address}/pictures/${index}?found=${encodeURIComponent(found.foundAt)}&language=${language}`;
    this.dialog.replaceChildren(
      make('div', { class: 'proposals-head' },
        make('h2', { id: 'proposals-title' }, text('propose.title')),
        make('button', { type: 'button', id: 'proposals-close', onclick: () => this.dialog.close() }, text('propose.close'))),
      make('p', { class: found.wishIsMet ? '' : 'notice' }, found.met),
      make('div', { class: 'proposal-cards' }, ...found.proposals.map((proposal, index) => this.card(proposal, index, picture(index)))),
      make('p', { class: 'small quiet' }, text('propose.risk')),
      make('p', { class: 'small' }, make('a', { href: `${this.address}/page`, target: '_blank', rel: 'noopener' }, text('propose.page'))));
    this.again.replaceChildren(
      make('span', { class: 'propose-pictures' }, ...found.proposals.map((_, index) => make('img', { src: picture(index), alt: '', width: 640, height: 796 }))),
      text('propose.show'));
    this.kept.replaceChildren(make('p', { class: 'small' }, text('propose.kept', when(found.foundAt, language), found.modelVersion, found.wish)), this.again);
    this.kept.hidden = false;
  }

  private card(proposal: Proposal, index: number, picture: string): HTMLElement {
    const letter = String.fromCharCode(65 + index);
    const title = `${letter} · ${proposal.name}`;
    const row = (what: string, value: string, missing = ''): HTMLElement => make('div', {}, make('dt', {}, what), make('dd', {}, value, missing !== '' && make('span', { class: 'small quiet' }, ` ${missing}`)));
    return make('section', { class: 'proposal', 'data-kind': proposal.kind, 'aria-labelledby': `proposal-${index}` },
      make('h3', { id: `proposal-${index}` }, title),
      make('img', { src: picture, alt: text('propose.picture', proposal.plan.threads.length), width: 640, height: 796, loading: 'eager' }),
      make('dl', { class: 'proposal-numbers' },
        row(text('threads'), String(proposal.plan.threads.length)),
        ...proposal.lifts.map((lift) => row(landmarkName(lift.landmark), mm(lift.liftMm), lift.missingMm > MET_MM ? text('propose.missing', mm(lift.missingMm)) : '')),
        ...proposal.risks.map((risk) => row(risk.what, risk.value))),
      make('button', { type: 'button', class: 'primary', id: `use-${index}`, onclick: () => this.choose(proposal) }, text('propose.use', letter)),
      make('details', {}, make('summary', {}, text('propose.reasons')),
        make('ul', { class: 'small' }, ...proposal.reasons.map((reason) => make('li', {}, make('strong', {}, `${reason.threadId} `), reason.sentences.join(' '))))));
  }

  private choose(proposal: Proposal): void {
    // What the search was not about stays as it is now; for another area or patient it was never made.
    const now = this.store.draft;
    const asked = proposal.plan.patient;
    if (now.area !== proposal.plan.area || (Object.keys(asked) as (keyof typeof asked)[]).some((fact) => asked[fact] !== now.patient[fact])) {
      this.dialog.close();
      this.tell(text('propose.outdated'));
      return;
    }

    this.store.edit((draft) => ({ ...draft, threads: proposal.plan.threads, targets: proposal.plan.targets, warnings: proposal.plan.warnings }), undefined, []);
    this.dialog.close();
    this.say(text('propose.chosen', proposal.name, proposal.plan.threads.length));
  }

  private tell(problem: string): void {
    this.problem.textContent = problem;
    this.problem.lang = languageOf(problem) ?? language;
    this.problem.hidden = false;
  }
}
