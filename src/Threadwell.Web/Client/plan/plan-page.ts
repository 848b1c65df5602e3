import { ask } from '../shared/api';
import { text } from '../shared/page';
import type { HeadScene } from '../scene/head-scene';
import { CoursePanel } from './course-panel';
import { byId, make } from '../shared/dom';
import { firstLook } from './first-look';
import { Editing } from './editing';
import { Handles } from './handles';
import { Inspector } from './inspector';
import { KeepPanel } from './keep-panel';
import { Legend, LiftPanel } from './lift-panel';
import { Notices } from './notices';
import { PlanPicture } from './picture';
import { Pointer } from './pointer';
import { ProposePanel } from './propose-panel';
import { checkZones, PreviewLoop, type PreviewStatus } from './preview';
import { suggest, StandardPlanForm } from './standard-plan';
import type { Change, PlanStore } from './store';
import type { Tabs } from './tabs';
import { ThreadList } from './thread-list';
import { Toolbar, viewButtons } from './toolbar';
import type { DangerZone, PlanDraft, Scan, ZoneWarning } from './types';
import { mm } from './words';
import { renderZones } from './zone-list';
import { ZoneTip } from './zone-tip';
import { withZoneWarnings } from './zone-warnings';

const LOOK_AGAIN_MS = 5000;

const targetsOf = (draft: PlanDraft): string => `${draft.area} ${draft.targets.map((target) => target.landmark).join()}`;

/** The Plan tab: the picture and the list beside it, over one store. */
export class PlanPage {
  private readonly host = byId('scene');
  private readonly picture: PlanPicture;
  private readonly editing: Editing;
  private readonly handles: Handles;
  private readonly pointer: Pointer;
  private readonly toolbar: Toolbar;
  private readonly legend: Legend;
  private readonly lifts: LiftPanel;
  private readonly list: ThreadList;
  private readonly inspector: Inspector;
  private readonly course: CoursePanel;
  private readonly propose: ProposePanel;
  private readonly keep: KeepPanel;
  private readonly notices: Notices;
  private readonly loop: PreviewLoop;
  private readonly tip: ZoneTip;
  private readonly said = make('p', { class: 'visually-hidden', 'aria-live': 'polite', id: 'said' });
  private readonly hint = make('p', { class: 'scene-hint small', role: 'status', hidden: true });
  private shownFor: string;
  private zones: DangerZone[] = [];
  private status: PreviewStatus = { kind: 'idle' };
  private dragging = false;
  private drag = { start: 0, shown: 0 };
  private frame = 0;

  constructor(private readonly scene: HeadScene, private readonly scan: Scan, private readonly store: PlanStore, private readonly tabs: Tabs) {
    this.shownFor = targetsOf(store.draft);
    const say = (words: string): void => void (this.said.textContent = words);
    this.picture = new PlanPicture(scene, store);
    this.editing = new Editing(store, () => scene.skinSearch!);
    this.handles = new Handles(this.host, scene, store, this.picture, this.editing);
    this.pointer = new Pointer(this.host, scene, store, this.picture, this.editing);
    this.legend = new Legend(this.host);
    this.tip = new ZoneTip(this.host, scene, this.picture);
    viewButtons(this.host, scene);
    this.host.append(this.hint);
    this.toolbar = new Toolbar(byId('tools'), store, this.pointer, this.picture, () => this.onShown());
    const panel = byId('panel-plan');
    const section = (id: string, key: string, open: boolean | null): HTMLElement => {
      const body = make('div', { id: `${id}-body`, class: 'section-body' });
      const heading = make('h2', {}, text(key));
      panel.append(open === null ? make('section', { class: 'card side-card', id }, heading, body) : make('details', { class: 'card side-card', id, open }, make('summary', {}, heading), body));
      return body;
    };
    panel.replaceChildren(this.said);
    const lifts = section('lift-card', 'lift.head', null);
    const threads = section('threads-card', 'threads', null);
    const listHost = make('div', { id: 'thread-list' });
    const inspectorHost = make('div', { id: 'inspector' });
    threads.append(listHost, make('div', { class: 'actions' }, make('button', { type: 'button', id: 'add-by-number', onclick: () => this.editing.addAtTarget() }, text('threads.add'))), inspectorHost);
    const courseHost = section('course-card', 'course', null);
    const standard = new StandardPlanForm(section('standard-card', 'standard', store.draft.threads.length === 0), scan, store, say);
    this.propose = new ProposePanel(section('propose-card', 'propose', false), store, this.picture, say);
    this.keep = new KeepPanel(section('keep-card', 'keep', false), store, say);
    section('zones-card', 'zones', false);
    this.lifts = new LiftPanel(lifts, this.picture);
    this.list = new ThreadList(listHost, store, this.picture);
    this.inspector = new Inspector(inspectorHost, store, this.picture, this.editing, say);
    this.course = new CoursePanel(courseHost, store, say, () => tabs.open('years'));
    this.notices = new Notices(byId('saving'), byId('plan-notice'), store);
    this.loop = new PreviewLoop(scan.id, scene.positions, (preview) => this.onPreview(preview), (status) => this.onStatus(status));
    this.handles.onDrag = this.pointer.onDrag = (dragging) => this.onDrag(dragging);
    this.pointer.onMode = () => this.onMode();
    store.subscribe((change) => this.onChange(change));
    document.addEventListener('keydown', (event) => this.onKey(event));
    // A server that was away has ended or taken up courses meanwhile.
    setInterval(() => {
      if (store.plan.predictions.some((prediction) => prediction.state === 'open')) store.refresh().catch(() => {});
    }, LOOK_AGAIN_MS);
    void standard.load().catch(() => {});
    void this.keep.load().catch(() => {});
    void this.propose.load().catch(() => {});
  }

  /** Shows everything and asks for the zones and the first preview. */
  start(): void {
    this.renderAll();
    this.loop.request(this.store.draft, true);
    void ask<DangerZone[]>('GET', `/api/scans/${this.scan.id}/zones`).then((zones) => {
      this.zones = zones;
      this.picture.zones = zones;
      this.tip.zones = zones;
      this.renderZoneList();
      return this.recheck();
    }).catch(() => {});
    if (this.store.draft.threads.length === 0) {
      const { draft } = this.store;
      suggest(this.scan.id, draft.area, 'PDO', draft.patient).then((plan) => (this.editing.template = plan.threads[0] ?? null)).catch(() => {});
    }
  }

  /** Shows or hides the plan, for the Years tab. */
  show(visible: boolean): void {
    this.pointer.enabled = visible;
    this.pointer.set('select');
    this.picture.show(visible);
    this.handles.show(visible);
    this.host.classList.toggle('is-plan', visible);
  }

  private renderAll(): void {
    this.toolbar.render();
    this.renderNumbers();
    this.course.render();
    this.propose.render();
    this.keep.render();
    this.notices.render();
  }

  // What changes with every preview.
  private renderNumbers(typed = false): void {
    this.lifts.render(this.status);
    this.legend.render(this.picture.preview && this.picture.shown.lift ? this.picture.colourScale : null, this.status);
    this.handles.update(this.picture.shown.lift ? (this.picture.preview?.answer.lifts ?? []) : [], (lift) => mm(lift));
    if (this.dragging) return;
    this.list.render();
    // What is being typed is left alone.
    if (!(document.activeElement instanceof HTMLInputElement && byId('inspector').contains(document.activeElement)) || typed) this.inspector.render();
  }

  private renderZoneList(): void {
    renderZones(byId('zones-card-body'), this.zones, this.picture);
  }

  private onChange(change: Change): void {
    if (change === 'saving') this.notices.render();
    if (change === 'plan') {
      byId('plan-name').textContent = this.store.plan.name;
      document.title = `${this.store.plan.name} · Threadwell`;
      this.keep.render();
    }
    if (change === 'plan' || change === 'saving' || change === 'draft') this.course.render();
    if (change === 'selection') {
      this.picture.drawThreads();
      this.renderNumbers(true);
    }
    if (change === 'live') {
      this.loop.request(this.store.draft, false);
      // Once a frame, however often the pointer moves.
      if (this.frame === 0) this.frame = requestAnimationFrame(() => { this.frame = 0; this.picture.drawThreads(); });
    }
    if (change === 'draft') {
      if (this.shownFor !== targetsOf(this.store.draft)) {
        // Another area: what is shown belongs to the one before.
        this.shownFor = targetsOf(this.store.draft);
        this.picture.take(null, false);
        firstLook(this.scene, this.store.draft);
      }
      this.loop.request(this.store.draft, true);
      this.picture.drawArea();
      this.picture.drawThreads();
      this.toolbar.render();
      this.propose.render();
      this.renderNumbers(true);
      void this.recheck().catch(() => {});
    }
  }

  private onPreview(preview: Parameters<PlanPicture['take']>[0]): void {
    // The area may have changed while the answer was on its way.
    if (preview && targetsOf(preview.draft) !== this.shownFor) return;
    this.picture.take(preview, this.dragging);
    if (preview) this.takeWarnings(preview.answer.zoneWarnings);
    if (this.dragging) this.tellRate();
    this.renderNumbers();
  }

  private onStatus(status: PreviewStatus): void {
    this.status = status;
    this.host.dataset.preview = status.kind;
    this.lifts.render(status);
    this.legend.render(this.picture.preview && this.picture.shown.lift ? this.picture.colourScale : null, status);
    if (status.kind === 'refined') {
      this.lifts.speak();
      this.propose.suggest();
    }
  }

  private onDrag(dragging: boolean): void {
    this.dragging = dragging;
    this.scene.sparing = dragging;
    this.host.classList.toggle('is-dragging', dragging);
    if (dragging) this.drag = { start: performance.now(), shown: this.loop.shown };
    else this.tellRate();
  }

  // How many answers the drag has shown so far, and how many in each second.
  private tellRate(): void {
    const seconds = (performance.now() - this.drag.start) / 1000;
    const shown = this.loop.shown - this.drag.shown;
    this.host.dataset.dragUpdates = String(shown);
    if (seconds > 0.2) this.host.dataset.updatesPerSecond = (shown / seconds).toFixed(1);
  }

  private async recheck(): Promise<void> {
    const { draft } = this.store;
    const warnings = await checkZones(this.scan.id, draft);
    if (draft === this.store.draft) this.takeWarnings(warnings);
  }

  private takeWarnings(warnings: readonly ZoneWarning[]): void {
    if (!this.dragging) this.store.amend((draft) => withZoneWarnings(draft, warnings));
    if (JSON.stringify(warnings) === JSON.stringify(this.picture.warnings)) return;
    this.picture.warnings = warnings;
    this.picture.drawThreads();
    this.renderNumbers();
    this.renderZoneList();
  }

  private onShown(): void {
    this.picture.drawSurface();
    this.picture.drawThreads();
    this.toolbar.render();
    this.renderNumbers();
  }

  private onMode(): void {
    this.toolbar.render();
    const adding = this.pointer.mode === 'add';
    this.hint.hidden = !adding;
    if (adding) this.hint.textContent = text(this.pointer.entry ? 'hint.exit' : 'hint.entry');
  }

  private onKey(event: KeyboardEvent): void {
    if (this.tabs.current !== 'plan') return;
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox' || event.target instanceof HTMLSelectElement || event.target instanceof HTMLTextAreaElement;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && !typing && key === 'z') event.shiftKey ? this.store.redo() : this.store.undo();
    else if (command && !typing && key === 'y') this.store.redo();
    else if (event.key === 'Escape' && this.pointer.mode === 'add') this.pointer.set('select');
    else if (event.key === 'Delete' && !typing && this.store.selection.length > 0) this.editing.remove();
    else return;
    event.preventDefault();
  }
}
