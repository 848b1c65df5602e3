import { ask, Refusal } from '../shared/api';
import type { Plan, PlanDraft, PlannedThread } from './types';

/** What changed: the draft for good, the draft while something is dragged, what is selected, how saving goes, or versions and predictions. */
export type Change = 'draft' | 'live' | 'selection' | 'saving' | 'plan';

/** Whether the server holds what is seen: away means that it does not answer, conflict that another page changed the plan, refused that it cannot be kept as it is. */
export type Saving = 'saved' | 'dirty' | 'saving' | 'away' | 'conflict' | 'refused';

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = 3000;
const MOST_STEPS = 200;

// Changes of one kind within this time are undone together, such as nudges by key.
const TOGETHER_MS = 900;

interface Step {
  draft: PlanDraft;
  selection: readonly string[];
}

/** The plan that the page works on: draft, selection, undo and redo, and keeping it on the server. Drafts are never changed in place. */
export class PlanStore {
  saving: Saving = 'saved';
  /** What the server said when it refused the draft. */
  problem: string | null = null;
  selection: readonly string[] = [];
  draft: PlanDraft;
  private readonly listeners: ((change: Change) => void)[] = [];
  private past: Step[] = [];
  private future: Step[] = [];
  private gesture: Step | null = null;
  private together: { key: string; at: number } | null = null;
  private timer = 0;
  private sent: { draft: PlanDraft; name: string } | null = null;

  constructor(public plan: Plan) {
    this.draft = plan.draft;
    addEventListener('beforeunload', (event) => {
      if (this.saving === 'away' || this.saving === 'conflict') event.preventDefault();
    });
    // What was changed a moment ago still leaves with the page.
    addEventListener('pagehide', () => {
      if (this.saving !== 'dirty') return;
      const body = JSON.stringify({ revision: this.plan.revision, name: this.plan.name, draft: this.draft });
      void fetch(`/api/plans/${this.plan.id}`, { method: 'PUT', keepalive: true, headers: { 'X-Threadwell': '1', 'Content-Type': 'application/json' }, body });
    });
  }

  subscribe(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  get selected(): PlannedThread[] {
    return this.draft.threads.filter((thread) => this.selection.includes(thread.id));
  }

  thread(id: string): PlannedThread | undefined {
    return this.draft.threads.find((thread) => thread.id === id);
  }

  select(ids: readonly string[]): void {
    if (ids.length === this.selection.length && ids.every((id, index) => id === this.selection[index])) return;
    this.selection = ids;
    this.tell('selection');
  }

  toggle(id: string): void {
    this.select(this.selection.includes(id) ? this.selection.filter((other) => other !== id) : [...this.selection, id]);
  }

  /** Changes the draft in one step of undo; steps of the same key in quick succession are one. */
  edit(change: (draft: PlanDraft) => PlanDraft, together?: string, select?: readonly string[]): void {
    const now = performance.now();
    const joined = together !== undefined && this.together?.key === together && now - this.together.at < TOGETHER_MS;
    this.together = together === undefined ? null : { key: together, at: now };
    if (!joined) this.remember({ draft: this.draft, selection: this.selection });
    this.draft = change(this.draft);
    this.selection = (select ?? this.selection).filter((id) => this.thread(id));
    this.changed();
  }

  /** Changes threads by id in one step. */
  editThreads(ids: readonly string[], change: (thread: PlannedThread) => PlannedThread, together?: string): void {
    this.edit((draft) => ({ ...draft, threads: draft.threads.map((thread) => (ids.includes(thread.id) ? change(thread) : thread)) }), together);
  }

  /** Changes a thread while it is dragged; settle() makes it one step of undo, abandon() takes it back. */
  live(id: string, change: (thread: PlannedThread) => PlannedThread): void {
    this.gesture ??= { draft: this.draft, selection: this.selection };
    this.draft = { ...this.draft, threads: this.draft.threads.map((thread) => (thread.id === id ? change(thread) : thread)) };
    this.tell('live');
  }

  settle(): void {
    if (!this.gesture) return;
    this.remember(this.gesture);
    this.gesture = null;
    this.changed();
  }

  abandon(): void {
    if (!this.gesture) return;
    this.draft = this.gesture.draft;
    this.gesture = null;
    this.tell('draft');
  }

  /** Follows from what was edited, such as warnings: no step of its own. */
  amend(change: (draft: PlanDraft) => PlanDraft): void {
    const draft = change(this.draft);
    if (draft === this.draft) return;
    this.draft = draft;
    this.changed();
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  undo(): void {
    this.step(this.past, this.future);
  }

  redo(): void {
    this.step(this.future, this.past);
  }

  private step(from: Step[], to: Step[]): void {
    const step = from.pop();
    if (!step) return;
    to.push({ draft: this.draft, selection: this.selection });
    this.draft = step.draft;
    this.selection = step.selection.filter((id) => this.thread(id));
    this.together = null;
    this.changed();
  }

  private remember(step: Step): void {
    this.past.push(step);
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
  }

  rename(name: string): void {
    this.plan = { ...this.plan, name };
    this.tell('plan');
    this.schedule(SAVE_AFTER_MS);
  }

  private changed(): void {
    this.tell('draft');
    this.schedule(SAVE_AFTER_MS);
  }

  private schedule(after: number): void {
    if (this.saving === 'conflict') return;
    if (this.saving !== 'away') this.say('dirty');
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), after);
  }

  private say(saving: Saving, problem: string | null = null): void {
    if (this.saving === saving && this.problem === problem) return;
    this.saving = saving;
    this.problem = problem;
    this.tell('saving');
  }

  /** Keeps the draft on the server; returns whether it is there. */
  async save(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.sent) {
      // One at a time, since each answers with the next revision.
      this.timer = window.setTimeout(() => void this.save(), 100);
      return false;
    }
    if (this.saving === 'saved' || this.saving === 'conflict') return this.saving === 'saved';
    const sent = (this.sent = { draft: this.draft, name: this.plan.name });
    if (this.saving !== 'away') this.say('saving');
    try {
      const answer = await ask<Plan>('PUT', `/api/plans/${this.plan.id}`, { revision: this.plan.revision, name: sent.name, draft: sent.draft });
      this.plan = { ...answer, name: this.plan.name };
      this.sent = null;
      const current = this.draft === sent.draft && this.plan.name === sent.name;
      if (current) this.say('saved');
      else this.schedule(SAVE_AFTER_MS);
      this.tell('plan');
      return current;
    } catch (error) {
      this.sent = null;
      this.onFailure(error);
      return false;
    }
  }

  private onFailure(error: unknown): void {
    if (error instanceof Refusal && error.status === 409) {
      this.say('conflict');
    } else if (error instanceof Refusal && error.status < 500) {
      this.say('refused', error.message);
    } else {
      this.say('away');
      this.timer = window.setTimeout(() => void this.save(), TRY_AGAIN_MS);
    }
  }

  /** Takes what the server holds in place of the draft. */
  async reload(): Promise<void> {
    const plan = await ask<Plan>('GET', `/api/plans/${this.plan.id}`);
    this.plan = plan;
    this.draft = plan.draft;
    this.selection = this.selection.filter((id) => this.thread(id));
    this.past = [];
    this.future = [];
    this.say('saved');
    this.tell('plan');
    this.tell('draft');
  }

  /** Reads versions and predictions again; the draft stays. */
  async refresh(): Promise<void> {
    const plan = await ask<Plan>('GET', `/api/plans/${this.plan.id}`);
    this.plan = { ...this.plan, versions: plan.versions, predictions: plan.predictions };
    this.tell('plan');
  }

  /** Keeps the draft as another plan; returns its key. */
  async copy(name: string): Promise<string> {
    const made = await ask<Plan>('POST', '/api/plans', { scanId: this.plan.scanId, name, plan: this.draft });
    this.saving = 'saved';
    return made.id;
  }
}
