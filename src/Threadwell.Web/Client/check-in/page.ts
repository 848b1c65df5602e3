// The page of a check-in: the safety screen with pictures, one short screen, and at once what it comes to, with a line or without one.
import { byId, make, renderKept } from '../shared/dom';
import { facts as pageFacts, text } from '../shared/page';
import { ask } from '../shared/api';
import type { Answers, Question, TriageFile } from '../triage/file';
import type { PageFacts } from './facts';
import { icon } from './icons';
import { pages } from './leave';
import { shrink } from './photos';
import { field, markNumber, sign } from './questions';
import { callButton, levelCard, reasons, withoutQuestions } from './result';
import { sendAll, type Obstacle } from './sending';
import { cannotWait, due, fits, graver, isPast, open, outcome, questions, safetyGroup, statusOf, told, typedNumber, unheard, withNone, withOffset, type Outcome } from './state';
import { drawStatus } from './status';
import { broken, openStore, spared, type KeptCheckIn, type KeptPhoto, type SparedStore } from './store';
import { said } from './words';

type Step = 'safety' | 'more' | 'result';

// Groups in which one button answers what is open with "none"; it stands above the questions that it answers.
const nothingGroups = ['skin', 'shape'];

/** Runs the page. */
export async function start(): Promise<void> {
  const facts = pageFacts<PageFacts>();
  const store = spared(facts.keeps ? await openStore().catch(() => broken) : null);
  const file = await questionsAndRules(facts.rulebook);
  if (file !== null) return new CheckInPage(file, facts, store).open();
  byId('check-in').replaceChildren(withoutQuestions(facts, () => location.reload()));

  // What waits from before goes all the same.
  await sendAll(store);
}

async function questionsAndRules(address: string): Promise<TriageFile | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as TriageFile) : null;
  } catch {
    return null;
  }
}

class CheckInPage {
  private readonly host = byId('check-in');
  private readonly urgent = byId('urgent');
  private readonly status = byId('status');
  private step: Step = 'safety';
  private answers: Answers = {};
  private typed: Record<string, string> = {};
  private wrong = new Set<string>();
  private opened = new Set<string>();
  private leavesOpen = false;
  private photos = new Map<string, { content: ArrayBuffer; address: string }>();
  private photoProblem = '';
  private kept: KeptCheckIn[] = [];
  private own: KeptCheckIn | null = null;
  private obstacle: Obstacle = null;
  private sending = false;
  private completing = false;
  private inPageAlone = false;
  private waitingPhotos = 0;
  private refusedPhotos: KeptPhoto[] = [];

  constructor(
    private readonly file: TriageFile,
    private readonly facts: PageFacts,
    private readonly store: SparedStore,
  ) {}

  async open(): Promise<void> {
    await this.readKept();
    this.draw();
    this.host.dataset.ready = 'true';
    addEventListener('online', () => void this.send());
    document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && this.send()));
    if (this.facts.keeps && 'serviceWorker' in navigator) {
      navigator.serviceWorker.addEventListener('message', () => void this.arrived());
      navigator.serviceWorker.register('/check-in-worker.js', { scope: location.pathname }).catch(() => undefined);
    }
    await this.send();
  }

  private get now(): string {
    return withOffset(new Date());
  }

  private get shown(): Question[] {
    return questions(this.file, this.facts, this.kept, this.now, this.answers);
  }

  private get safety(): Question[] {
    return this.shown.filter((question) => question.group === safetyGroup);
  }

  private draw(focus = ''): void {
    byId('opening').hidden = this.step !== 'safety';
    if (this.step === 'safety') this.drawSafety();
    else if (this.step === 'more') this.drawMore();
    else this.drawResult();
    this.drawUrgent();
    this.drawStatus();
    if (focus) document.getElementById(focus)?.focus();
  }

  private go(step: Step): void {
    this.step = step;
    this.draw(step === 'result' ? 'level-title' : 'step-title');
    scrollTo({ top: 0 });
  }

  // ---- first screen

  private drawSafety(): void {
    const signs = this.safety;
    const some = signs.some((question) => this.answers[question.id] !== undefined || this.opened.has(question.id));
    renderKept(
      this.host,
      make('h2', { id: 'step-title', tabindex: '-1' }, said(this.file.groups.find((group) => group.id === safetyGroup)!.text), ' ', make('span', { class: 'step' }, text('step', 1, 2))),
      make('p', { class: 'quiet' }, text('safety.lead')),
      make('ul', { class: 'signs' }, ...signs.map((question) => sign(question, this.answers, this.opened.has(question.id), () => this.press(question), (of, answer) => this.answer(of, answer)))),
      make(
        'div', { class: 'actions' },
        make('button', { type: 'button', id: 'none', class: 'primary', onclick: () => this.noneLeft() }, text(some ? 'none.others' : 'none')),
        make('button', { type: 'button', id: 'skip', class: 'quiet-button', onclick: () => this.go('more') }, text('skip')),
      ),
    );
  }

  private press(question: Question): void {
    if (!this.opened.delete(question.id)) this.opened.add(question.id);
    this.draw();
  }

  private noneLeft(): void {
    // A picture that was pressed says that something is there: it is not made a "none" by the others' button.
    const pressed = this.safety.find((question) => this.opened.has(question.id) && !(Array.isArray(this.answers[question.id]) && (this.answers[question.id] as string[]).length > 0));
    if (pressed) {
      document.getElementById(`q-${pressed.id}-${pressed.choices![0].id}`)?.focus();
      byId('told').textContent = text('which', said(pressed.text));
      return;
    }
    this.answers = withNone(this.safety, this.answers);
    this.go('more');
  }

  private answer(question: Question, answer: Answers[string] | null): void {
    if (question.kind === 'number' && typeof answer === 'string') {
      this.typed[question.id] = answer;
      const value = typedNumber(answer);

      // A slip, or half a number, is no answer: sent, it would be none to the clinic either.
      if (value !== null && fits(question, value)) this.answers[question.id] = value;
      else delete this.answers[question.id];
      this.mark(question, false);
      this.drawUrgent();
      return;
    }
    if (answer === null || (Array.isArray(answer) && answer.length === 0)) delete this.answers[question.id];
    else this.answers[question.id] = answer;
    if (question.kind === 'text') {
      this.drawUrgent();
      return;
    }
    if (question.group === safetyGroup && Array.isArray(answer) && answer.includes('none')) this.opened.delete(question.id);
    this.draw(question.group === safetyGroup && !this.opened.has(question.id) ? `sign-${question.id}` : '');
  }

  // Whether something is typed that is no answer.
  private isSlip(question: Question): boolean {
    const value = question.kind === 'number' && this.typed[question.id] !== undefined ? typedNumber(this.typed[question.id]) : null;
    return value !== null && !fits(question, value);
  }

  private mark(question: Question, isWrong: boolean): void {
    if (isWrong) this.wrong.add(question.id);
    else this.wrong.delete(question.id);
    markNumber(question, isWrong);
    byId('told').textContent = isWrong ? text('temperature.fits', question.lowest!, question.highest!) : '';
  }

  // ---- second screen

  private drawMore(): void {
    const shown = this.shown;
    const left = this.leavesOpen ? open(shown, this.answers) : [];
    renderKept(
      this.host,
      make('h2', { id: 'step-title', tabindex: '-1' }, text('more'), ' ', make('span', { class: 'step' }, text('step', 2, 2))),
      ...this.file.groups.filter((group) => group.id !== safetyGroup).map((group) => {
        const mine = shown.filter((question) => question.group === group.id);
        const none = nothingGroups.includes(group.id) ? open(mine, this.answers) : [];
        return mine.length === 0 ? null : make(
          'section', { class: 'card group', 'aria-labelledby': `group-${group.id}` },
          make('div', { class: 'group-head' }, make('h3', { id: `group-${group.id}` }, said(group.text)),
            none.length > 1 && make('button', { type: 'button', id: `none-${group.id}`, onclick: () => this.noneOf(mine) }, text('group.none'))),
          ...mine.map((question) => field(question, this.answers, (of, answer) => this.answer(of, answer), this.typed[question.id] ?? '', this.wrong.has(question.id), (of) => this.mark(of, this.isSlip(of)))),
        );
      }),
      this.photoSection(),
      left.length > 0 && make(
        'section', { class: 'notice open-questions', 'aria-labelledby': 'open-title' },
        make('h3', { id: 'open-title', tabindex: '-1' }, text('open', left.length)),
        make('ul', {}, ...left.map((question) => make('li', {}, make('button', { type: 'button', class: 'link', onclick: () => this.lead(question) }, said(question.text))))),
      ),
      make(
        'div', { class: 'actions' },
        make('button', { type: 'button', id: 'finish', class: 'primary', onclick: () => void this.finish() }, text(left.length > 0 ? 'finish.open' : 'finish')),
        make('button', { type: 'button', id: 'back', class: 'quiet-button', onclick: () => this.go('safety') }, text('back')),
      ),
    );
  }

  private noneOf(group: Question[]): void {
    this.answers = withNone(group, this.answers);
    this.draw();

    // The button has gone: on to what is open after it, or else before it.
    const shown = this.shown;
    const left = open(shown, this.answers).filter((question) => question.group !== safetyGroup);
    const place = shown.findIndex((question) => question.id === group[0].id);
    const next = left.find((question) => shown.indexOf(question) >= place) ?? left[0];
    if (next) this.lead(next);
    else byId('finish').focus();
  }

  // To the place of a question that is open.
  private lead(question: Question): void {
    if (question.group === safetyGroup) {
      this.opened.add(question.id);
      this.go('safety');
      document.getElementById(`sign-${question.id}`)?.focus();
      return;
    }
    this.host.querySelector<HTMLElement>(`[data-question='${question.id}'] input`)?.focus();
  }

  private photoSection(): HTMLElement {
    return make(
      'section', { class: 'card group', 'aria-labelledby': 'photos-title' },
      make('h3', { id: 'photos-title' }, text('photos')),
      make('p', { class: 'quiet small' }, text('photos.lead')),
      this.photoProblem && make('p', { class: 'problem small', role: 'alert' }, this.photoProblem),
      make('ul', { class: 'photo-tiles' }, ...this.file.photos.map((view) => {
        const taken = this.photos.get(view.id);
        return make(
          'li', {},
          make('label', { class: 'photo-tile', 'data-taken': Boolean(taken) || null },
            make('input', { type: 'file', accept: 'image/*', id: `photo-${view.id}`, class: 'visually-hidden', onchange: (event) => void this.take(view.id, event.target as HTMLInputElement) }),
            taken ? make('img', { src: taken.address, alt: '' }) : make('span', { class: 'photo-sign', 'aria-hidden': 'true' }, '+'),
            make('span', {}, said(view.text))),
          taken && make('button', { type: 'button', class: 'quiet-button', id: `drop-${view.id}`, 'aria-label': text('photos.drop', said(view.text)), onclick: () => this.drop(view.id) }, '✕'),
        );
      })),
    );
  }

  private async take(view: string, input: HTMLInputElement): Promise<void> {
    const picked = input.files?.[0];
    if (!picked) return;
    const content = await shrink(picked);
    this.photoProblem = content === null ? text('photos.unreadable') : '';
    if (content !== null) {
      this.drop(view);
      this.photos.set(view, { content, address: URL.createObjectURL(new Blob([content], { type: 'image/jpeg' })) });
    }
    this.draw(`photo-${view}`);
  }

  private drop(view: string): void {
    const old = this.photos.get(view);
    if (old) URL.revokeObjectURL(old.address);
    this.photos.delete(view);
    this.draw(`photo-${view}`);
  }

  // ---- what it comes to

  private async finish(): Promise<void> {
    const shown = this.shown;
    const wrong = shown.find((question) => this.isSlip(question));
    if (wrong) {
      this.mark(wrong, true);
      document.getElementById(`q-${wrong.id}`)?.focus();
      return;
    }
    if (!this.leavesOpen && open(shown, this.answers).length > 0) {
      this.leavesOpen = true;
      this.draw('open-title');
      return;
    }
    await this.complete();
  }

  // Kept on the phone first, then sent; pressed twice it is one.
  private async complete(): Promise<void> {
    if (this.completing) return;
    this.completing = true;
    try {
      await this.keep();
    } finally {
      this.completing = false;
    }
    await this.wake();
    await this.send();
  }

  private async keep(): Promise<void> {
    const answeredAt = this.now;
    const answers = told(this.shown, this.answers);
    const id = crypto.randomUUID();
    const found = outcome(this.file, this.facts, this.kept, { id, answeredAt, answers }, answeredAt, null);
    const checkIn: KeptCheckIn = {
      id, treatment: this.facts.course.treatmentId, scheduledId: due(this.file, this.facts, this.kept, answeredAt)?.id ?? '', answeredAt, answers,
      phoneLevel: found.result.level ?? 'green', rulebookVersion: this.file.version, sent: false, serverLevel: null, serverStanding: null, serverDue: null, refused: '',
    };
    const photos = [...this.photos].map(([view, photo]): KeptPhoto => ({ id: crypto.randomUUID(), checkIn: id, treatment: checkIn.treatment, view, content: photo.content }));
    await this.store.add(checkIn, photos);
    for (const view of [...this.photos.keys()]) {
      URL.revokeObjectURL(this.photos.get(view)!.address);
      this.photos.delete(view);
    }
    this.own = checkIn;
    await this.readKept();
    this.sending = true;
    this.go('result');
  }

  private get found(): Outcome {
    const own = this.own!;
    return outcome(this.file, this.facts, this.kept, own, own.answeredAt, own.serverLevel);
  }

  private drawResult(): void {
    const own = this.own!;
    const found = this.found;
    const again = found.result.ask.map((id) => this.file.questions.find((question) => question.id === id)!);
    renderKept(
      this.host,
      levelCard(this.file, this.facts, found, own.sent ? own.serverDue : null, unheard(this.facts, this.kept, own, found.shown)),
      reasons(found),
      again.length > 0 && make(
        'section', { class: 'card', 'aria-labelledby': 'again-title' },
        make('h3', { id: 'again-title' }, text('again', again.length)), make('ul', {}, ...again.map((question) => make('li', {}, said(question.text)))),
        make('p', {}, make('button', { type: 'button', id: 'again', onclick: () => this.startAgain(own.answers) }, text('again.go'))),
      ),
      make(
        'p', { class: 'after' },
        make('a', { class: 'button', href: this.facts.today }, text('to-today')),
        this.facts.past && make('a', { class: 'button', href: this.facts.past }, text('to-past')),
        make('button', { type: 'button', id: 'report', onclick: () => this.startAgain({}) }, text('report')),
      ),
    );
  }

  private startAgain(answers: Answers): void {
    this.answers = { ...answers };
    this.typed = typeof answers.temperature === 'number' ? { temperature: String(answers.temperature) } : {};
    this.wrong.clear();
    this.opened.clear();
    this.leavesOpen = Object.keys(answers).length > 0;
    this.own = null;
    const first = Object.keys(answers).length > 0 ? open(this.shown, this.answers)[0] : undefined;
    this.go(first && first.group !== safetyGroup ? 'more' : 'safety');
    if (first) this.lead(first);
  }

  // What cannot wait is said above everything else, before the rest is asked.
  private drawUrgent(): void {
    const answers = told(this.shown, this.answers);
    const now = this.now;
    const found = this.step === 'result' || Object.keys(answers).length === 0 ? null : outcome(this.file, this.facts, this.kept, { id: '', answeredAt: now, answers }, now, null);
    const level = found?.result.level ?? null;
    if (found === null || !cannotWait(level)) {
      this.urgent.replaceChildren();
      this.urgent.hidden = true;
      return;
    }
    const key = `${level} ${found.result.reasons.map((rule) => rule.id).join()}`;
    if (this.urgent.dataset.said === key && !this.urgent.hidden) return;
    this.urgent.dataset.said = key;
    this.urgent.dataset.level = level!;
    this.urgent.hidden = false;
    const rule = this.file.levels.find((one) => one.id === level)!;
    this.urgent.replaceChildren(
      make('p', { class: 'urgent-head' }, icon(level!, 32), make('strong', {}, said(rule.title))),
      make('p', { class: 'urgent-why' }, found.result.reasons.filter((reason) => reason.level === level).map((reason) => said(reason.says)).join(' ')),
      make('p', { class: 'urgent-act' }, callButton(level!, this.facts), make('button', { type: 'button', id: 'send-now', onclick: () => void this.complete() }, text('send.now'))),
    );
  }

  // ---- sending

  private async readKept(): Promise<void> {
    const treatment = this.facts.course.treatmentId;
    const known = new Set(this.facts.course.checkIns.map((one) => one.id));
    this.kept = (await this.store.checkIns()).filter((one) => one.treatment === treatment);

    // What was refused, and now stands in the clinic's record, need not lie here any more.
    for (const one of this.kept.filter((kept) => kept.id !== this.own?.id && isPast(this.facts, kept))) {
      await this.store.removeCheckIn(one.id);
      this.kept = this.kept.filter((other) => other.id !== one.id);
    }

    // Nor what the server's own page holds.
    for (const one of this.kept.filter((kept) => kept.sent && known.has(kept.id) && kept.id !== this.own?.id)) await this.store.removeCheckIn(one.id);
    const refused = this.kept.filter((one) => one.refused).map((one) => one.id);
    const photos = (await this.store.photos()).filter((photo) => photo.treatment === treatment && !refused.includes(photo.checkIn));
    this.waitingPhotos = photos.filter((photo) => !photo.refused).length;
    this.refusedPhotos = photos.filter((photo) => photo.refused);
    this.inPageAlone = await this.store.holds();
    this.own = this.kept.find((one) => one.id === this.own?.id) ?? this.own;
  }

  private async wake(): Promise<void> {
    if (!this.facts.keeps || !('serviceWorker' in navigator)) return;
    const registration = (await navigator.serviceWorker.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await registration?.sync?.register('check-ins').catch(() => undefined);
  }

  private async send(): Promise<void> {
    await this.readKept();
    if (this.kept.every((one) => one.sent || one.refused) && this.waitingPhotos === 0) return this.settle();
    this.sending = true;
    this.drawStatus();
    const sent = await sendAll(this.store);
    this.obstacle = sent.obstacle;
    await this.arrived();
  }

  private async arrived(): Promise<void> {
    await this.readKept();
    if (this.own?.sent) this.facts.course.standing = graver(this.facts.course.standing, this.own.serverStanding);
    this.settle();
    if (this.kept.some((one) => one.sent && !this.facts.course.checkIns.some((other) => other.id === one.id))) await this.renew();
  }

  private settle(): void {
    this.sending = false;
    if (this.step === 'result') this.drawResult();
    this.drawStatus();
  }

  // What the phone keeps for the next time without a line is what the server now holds.
  private async renew(): Promise<void> {
    try {
      this.facts.course = await ask<PageFacts['course']>('GET', `/api/treatments/${this.facts.course.treatmentId}/check-ins`);
      if (this.facts.keeps && 'caches' in window && (await navigator.serviceWorker?.getRegistration())) {
        const page = await fetch(location.pathname, { cache: 'no-store' });
        if (page.ok && !page.redirected) await (await caches.open(pages)).put(location.pathname, page);
      }
    } catch {
      // The next opening reads it.
    }
  }

  private drawStatus(): void {
    drawStatus(
      this.status,
      statusOf({ kept: this.kept, own: this.own, photos: this.waitingPhotos, refusedPhotos: this.refusedPhotos, isSending: this.sending, obstacle: this.obstacle, inPageAlone: this.inPageAlone, isUnread: this.store.isUnread() }),
      () => void this.send(),
      (refused) => void this.silence(refused),
      (photos) => void this.forget(photos),
    );
  }

  // The clinic was told: nothing more is said of it, but what was shown stands.
  private async silence(refused: KeptCheckIn[]): Promise<void> {
    for (const photo of await this.store.photos()) if (refused.some((one) => one.id === photo.checkIn)) await this.store.removePhoto(photo.id);
    for (const one of refused) await this.store.putCheckIn({ ...one, told: this.now });
    await this.afterPress();
  }

  private async forget(photos: KeptPhoto[]): Promise<void> {
    for (const photo of photos) await this.store.removePhoto(photo.id);
    await this.afterPress();
  }

  private async afterPress(): Promise<void> {
    await this.readKept();
    this.drawStatus();
    document.getElementById(this.step === 'result' ? 'level-title' : 'step-title')?.focus();
  }
}
