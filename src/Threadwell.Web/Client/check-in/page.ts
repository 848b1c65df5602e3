// The page of a check-in: the safety screen with pictures, one short screen, and at once what it comes to, with a line or without one.
import { byId, make, renderKept } from '../shared/dom';
import { facts as pageFacts, text } from '../shared/page';
import { ask } from '../shared/api';
import type { Answers, Question, TriageFile } from '../triage/file';
import { questionsAndRules, type PageFacts } from './facts';
import { draftNotice, draftWords } from './draft-notice';
import { chosen, Drafting, openDrafts, type DraftStore } from './drafts';
import { photoTiles, shownPhoto, type TakenPhoto } from './photo-tiles';
import { shrink } from './photos';
import { field, leftOpen, markNumber, sign } from './questions';
import { afterwards, askedAgain, levelCard, reasons, withoutQuestions } from './result';
import { sendAll, type Obstacle } from './sending';
import { cannotWait, due, fits, graver, gravest, isPast, isSlip, open, outcome, questions, safetyGroup, statusOf, told, typedNumber, unheard, withNone, withOffset, type Outcome } from './state';
import { drawStatus } from './status';
import { broken, openStore, spared, type KeptCheckIn, type KeptPhoto, type SparedStore } from './store';
import { drawUrgent } from './urgent';
import { said } from './words';
import { register, renew, wake } from './worker';

type Step = 'safety' | 'more' | 'result';

// Groups in which one button answers what is open with "none"; it stands above the questions that it answers.
const nothingGroups = ['skin', 'shape'];

/** Runs the page. */
export async function start(): Promise<void> {
  const facts = pageFacts<PageFacts>();
  const store = spared(facts.keeps ? await openStore().catch(() => broken) : null);
  const file = await questionsAndRules(facts.rulebook);
  if (file !== null) return new CheckInPage(file, facts, store, facts.keeps ? await openDrafts().catch(() => null) : null).open();
  byId('check-in').replaceChildren(withoutQuestions(facts, () => location.reload()));

  // What waits from before goes all the same.
  await sendAll(store);
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
  private photos = new Map<string, TakenPhoto>();
  private photoProblem = '';

  // What becomes of the answers that are being given: their key, once they lie on the phone (null: they are not finished).
  private giving: { kept: Promise<string> | null } = { kept: null };
  private kept: KeptCheckIn[] = [];
  private own: KeptCheckIn | null = null;
  private obstacle: Obstacle = null;
  private sending = false;
  private completing = false;
  private inPageAlone = false;
  private waitingPhotos = 0;
  private refusedPhotos: KeptPhoto[] = [];
  private readonly drafting: Drafting;

  // When the answers were left with which the page says that it goes on; empty where it does not say so.
  private goesOnFrom = '';

  constructor(
    private readonly file: TriageFile,
    private readonly facts: PageFacts,
    private readonly store: SparedStore,
    drafts: DraftStore | null,
  ) {
    this.drafting = new Drafting(drafts, facts.course.treatmentId, facts.teller);
  }

  async open(): Promise<void> {
    await this.readKept();
    await this.resume();
    this.draw();
    if (this.goesOnFrom) byId('told').textContent = draftWords(this.goesOnFrom, this.facts.zone, this.isUrgent);
    this.host.dataset.ready = 'true';
    addEventListener('online', () => void this.send());
    document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && this.send()));
    if (this.facts.keeps) register(() => void this.arrived());
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
    byId('opening').hidden = this.step !== 'safety' && !this.goesOnFrom;
    if (this.step === 'safety') this.drawSafety();
    else if (this.step === 'more') this.drawMore();
    else this.drawResult();
    this.drawUrgent();
    this.drawStatus();
    if (focus) document.getElementById(focus)?.focus();
  }

  private go(step: Step): void {
    this.step = step;
    this.goesOnFrom = '';
    if (this.drafting.isKept) this.note();
    this.draw(step === 'result' ? 'level-title' : 'step-title');
    scrollTo({ top: 0 });
  }

  // ---- what was half answered

  private async resume(): Promise<void> {
    const found = await this.drafting.resume((drafts) => chosen(drafts, this.file, this.facts, this.kept, this.now), this.now);
    if (found === null) return;
    const { draft, photos } = found;
    this.answers = draft.answers;
    this.typed = draft.typed;
    this.opened = new Set(draft.opened);
    this.step = draft.step;
    for (const { view, content } of photos) this.photos.set(view, shownPhoto(content));
    this.photoProblem = photos.length < draft.views.length ? text('draft.photo') : '';
    this.goesOnFrom = draft.changedAt;
  }

  private note(): void {
    if (this.step === 'result') return;
    const { answers, typed, step } = this;
    this.drafting.note({ answers, typed, opened: [...this.opened], step, views: [...this.photos.keys()] }, due(this.file, this.facts, this.kept, this.now)?.id ?? '', this.now);
  }

  private notice(): HTMLElement | null {
    return this.goesOnFrom ? draftNotice(this.goesOnFrom, this.facts.zone, this.isUrgent, () => this.go(this.step), () => this.anew()) : null;
  }

  private anew(): void {
    // What is typed meanwhile may be grave: then it stays.
    if (this.isUrgent) return this.draw('draft-go-on');
    void this.drafting.drop();
    this.freePhotos();
    this.startAgain({});
  }

  private get comesTo(): Outcome {
    return gravest(this.file, this.facts, this.kept, this.answers, this.now, this.drafting.times);
  }

  private get isUrgent(): boolean {
    return cannotWait(this.comesTo.result.level);
  }

  // ---- first screen

  private drawSafety(): void {
    const signs = this.safety;
    const some = signs.some((question) => this.answers[question.id] !== undefined || this.opened.has(question.id));
    renderKept(
      this.host,
      this.notice(),
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
    this.note();
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
    this.note();
    this.go('more');
  }

  private answer(question: Question, answer: Answers[string] | null): void {
    if (question.kind === 'number' && typeof answer === 'string') {
      this.typed[question.id] = answer;
      const value = typedNumber(answer);

      // A slip, or half a number, is no answer: sent, it would be none to the clinic either.
      if (value !== null && fits(question, value)) this.answers[question.id] = value;
      else delete this.answers[question.id];
      this.note();
      this.mark(question, false);
      this.drawUrgent();
      return;
    }
    if (answer === null || (Array.isArray(answer) && answer.length === 0)) delete this.answers[question.id];
    else this.answers[question.id] = answer;
    if (question.group === safetyGroup && Array.isArray(answer) && answer.includes('none')) this.opened.delete(question.id);
    this.note();
    if (question.kind === 'text') {
      this.drawUrgent();
      return;
    }
    this.draw(question.group === safetyGroup && !this.opened.has(question.id) ? `sign-${question.id}` : '');
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
      this.notice(),
      make('h2', { id: 'step-title', tabindex: '-1' }, text('more'), ' ', make('span', { class: 'step' }, text('step', 2, 2))),
      ...this.file.groups.filter((group) => group.id !== safetyGroup).map((group) => {
        const mine = shown.filter((question) => question.group === group.id);
        const none = nothingGroups.includes(group.id) ? open(mine, this.answers) : [];
        return mine.length === 0 ? null : make(
          'section', { class: 'card group', 'aria-labelledby': `group-${group.id}` },
          make('div', { class: 'group-head' }, make('h3', { id: `group-${group.id}` }, said(group.text)),
            none.length > 1 && make('button', { type: 'button', id: `none-${group.id}`, onclick: () => this.noneOf(mine) }, text('group.none'))),
          ...mine.map((question) => field(question, this.answers, (of, answer) => this.answer(of, answer), this.typed[question.id] ?? '', this.wrong.has(question.id), (of) => this.mark(of, isSlip(of, this.typed[of.id])))),
        );
      }),
      photoTiles(this.file, this.photos, this.photoProblem, (view, input) => void this.take(view, input), (view) => this.drop(view)),
      left.length > 0 && leftOpen(left, (question) => this.lead(question)),
      make(
        'div', { class: 'actions' },
        make('button', { type: 'button', id: 'finish', class: 'primary', onclick: () => void this.finish() }, text(left.length > 0 ? 'finish.open' : 'finish')),
        make('button', { type: 'button', id: 'back', class: 'quiet-button', onclick: () => this.go('safety') }, text('back')),
      ),
    );
  }

  private noneOf(group: Question[]): void {
    this.answers = withNone(group, this.answers);
    this.note();
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

  private async take(view: string, input: HTMLInputElement): Promise<void> {
    const picked = input.files?.[0];
    if (!picked) return;
    const { giving } = this;
    const content = await shrink(picked);
    if (giving.kept !== null) return this.follow(await giving.kept, view, content);

    // Begun anew meanwhile: it belongs to answers that are not wanted.
    if (giving !== this.giving) return;
    this.photoProblem = content === null ? text('photos.unreadable') : '';
    if (content !== null) {
      this.drop(view);
      this.photos.set(view, shownPhoto(content));
      this.note();
      this.drafting.photo(view, content, this.now);
    }
    this.draw(`photo-${view}`);
  }

  // The answers went while it was made small: what cannot wait does not wait for a photo, which goes after them.
  private async follow(checkIn: string, view: string, content: ArrayBuffer | null): Promise<void> {
    if (content === null) {
      this.photoProblem = text('photos.unreadable');
      return this.draw();
    }
    await this.store.putPhoto({ id: crypto.randomUUID(), checkIn, treatment: this.facts.course.treatmentId, view, content });
    if (this.facts.keeps) await wake();
    await this.send();
  }

  private drop(view: string): void {
    const old = this.photos.get(view);
    if (old) {
      URL.revokeObjectURL(old.address);
      this.photos.delete(view);
      this.drafting.photo(view, null, this.now);
      this.note();
    }
    this.draw(`photo-${view}`);
  }

  private freePhotos(): void {
    for (const photo of this.photos.values()) URL.revokeObjectURL(photo.address);
    this.photos.clear();
    this.photoProblem = '';
  }

  // ---- what it comes to

  private async finish(): Promise<void> {
    const shown = this.shown;
    const wrong = shown.find((question) => isSlip(question, this.typed[question.id]));
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
    if (this.facts.keeps) await wake();
    await this.send();
  }

  private async keep(): Promise<void> {
    const answeredAt = this.now;

    // What was asked when the answers were left is told, too, and the level that it had stands.
    const asked = [answeredAt, ...this.drafting.times].flatMap((at) => questions(this.file, this.facts, this.kept, at, this.answers));
    const answers = told(this.file.questions.filter((question) => asked.includes(question)), this.answers);
    const id = crypto.randomUUID();
    const found = this.comesTo;
    const checkIn: KeptCheckIn = {
      id, treatment: this.facts.course.treatmentId, scheduledId: due(this.file, this.facts, this.kept, answeredAt)?.id ?? '', answeredAt, answers,
      phoneLevel: found.result.level ?? 'green', rulebookVersion: this.file.version, sent: false, serverLevel: null, serverStanding: null, serverDue: null, refused: '',
    };
    const photos = [...this.photos].map(([view, photo]): KeptPhoto => ({ id: crypto.randomUUID(), checkIn: id, treatment: checkIn.treatment, view, content: photo.content }));
    this.giving.kept = this.store.add(checkIn, photos).then(() => id);
    await this.giving.kept;
    this.freePhotos();
    this.own = checkIn;
    await this.readKept();

    // The draft goes once the answers lie on the phone as well, or have been sent.
    if (!this.inPageAlone) await this.drafting.clear();
    this.sending = true;
    this.go('result');
  }

  private get found(): Outcome {
    const own = this.own!;
    return outcome(this.file, this.facts, this.kept, own, own.answeredAt, graver(own.phoneLevel, own.serverLevel));
  }

  private drawResult(): void {
    const own = this.own!;
    const found = this.found;
    const again = found.result.ask.map((id) => this.file.questions.find((question) => question.id === id)!);
    renderKept(
      this.host,
      levelCard(this.file, this.facts, found, own.sent ? own.serverDue : null, unheard(this.facts, this.kept, own, found.shown)),
      reasons(found),
      this.photoProblem && make('p', { class: 'problem', role: 'alert' }, this.photoProblem),
      askedAgain(again, () => this.startAgain(own.answers)),
      afterwards(this.facts, () => this.startAgain({})),
    );
  }

  private startAgain(answers: Answers): void {
    this.answers = { ...answers };
    this.typed = typeof answers.temperature === 'number' ? { temperature: String(answers.temperature) } : {};
    this.wrong.clear();
    this.opened.clear();
    this.leavesOpen = Object.keys(answers).length > 0;
    this.own = null;
    this.giving = { kept: null };
    this.drafting.leave();
    const first = Object.keys(answers).length > 0 ? open(this.shown, this.answers)[0] : undefined;
    this.go(first && first.group !== safetyGroup ? 'more' : 'safety');
    if (first) this.lead(first);
  }

  // What cannot wait is said above everything else, before the rest is asked.
  private drawUrgent(): void {
    const found = this.step === 'result' || Object.keys(this.answers).length === 0 ? null : this.comesTo;
    drawUrgent(this.urgent, this.file, this.facts, found, () => void this.complete());
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
    if (this.own?.sent) {
      this.facts.course.standing = graver(this.facts.course.standing, this.own.serverStanding);
      await this.drafting.clear();
    }
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
      if (this.facts.keeps) await renew();
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
