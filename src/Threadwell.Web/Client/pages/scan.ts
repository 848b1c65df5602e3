// The page on which a scan is looked at, its landmarks are checked, and the patient is described.
import { ask } from '../shared/api';
import { facts, text } from '../shared/page';
import { byId, make } from '../shared/dom';
import { LandmarkList } from '../scan/landmark-list';
import { LandmarkMarkers } from '../scan/landmark-markers';
import { LandmarkState } from '../scan/landmark-state';
import { NewPlanDialog } from '../scan/new-plan';
import { PatientStep } from '../scan/patient-step';
import { ReadingStep } from '../scan/reading-step';
import type { Body, Scan, ScanFacts } from '../scan/scan';
import { ScanKeeper } from '../scan/scan-keeper';
import { ScanView } from '../scan/scan-view';

const STEPS = ['reading', 'landmarks', 'patient'] as const;
type Step = (typeof STEPS)[number];

const known = facts<ScanFacts>();
const editable = known.scan.origin === 'uploaded';
const view = new ScanView();
const landmarks = new LandmarkState(known.landmarks, known.scan.body, known.scan.landmarks);
const markers = new LandmarkMarkers(view, landmarks, editable);
const list = new LandmarkList(view, landmarks, markers, editable, known.farthestLandmarkMm);
const patient = new PatientStep(update, () => void confirm());
const newPlan = new NewPlanDialog();
const reading = new ReadingStep(known.scan, known, view, landmarks, read, () => void takeOther());
const keeper = new ScanKeeper(known.scan, landmarks, patient, taken, (why) => {
  if ('landmark' in why) {
    show('landmarks');
    if (!list.refuse(why.landmark, why.message)) keeper.say(why.message);
  } else {
    show('patient');
    if (!patient.show(new Map([[why.field, why.message]]))) keeper.say(why.message);
  }
});
let step: Step = 'reading';

/** Shows one of the three steps. */
function show(next: Step, focus = false): void {
  step = next;
  for (const name of STEPS) byId(`step-${name}`).hidden = name !== step;
  markers.visible = step === 'landmarks';
  update();
  if (focus) byId(`${step}-title`).focus();
}

/** Draws what follows from the state: which step needs what, and what is next. */
function update(): void {
  const missing = landmarks.withLook('missing').length;
  const low = landmarks.withLook('low').length;
  const lacking = patient.problems().size;
  const open: Record<Step, boolean> = { reading: keeper.scan.unitInferred && editable, landmarks: missing + low > 0, patient: lacking > 0 };
  for (const button of byId('steps').querySelectorAll<HTMLElement>('[data-step]')) {
    const name = button.dataset.step as Step;
    if (name === step) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
    button.dataset.open = String(open[name]);
    button.querySelector('.state')!.textContent = open[name] ? `! ${text('state.check')}` : `✓ ${text('state.done')}`;
  }
  byId('landmark-count').textContent = [text('landmarks.count', landmarks.all().length, landmarks.names().length), ...(low > 0 ? [text('landmarks.low', low)] : [])].join(' · ');
  byId('next').textContent = whatIsNext(missing, low, lacking);
  const last = step === 'patient';
  byId('previous').hidden = step === 'reading';
  byId('forward').hidden = last;
  if (editable) {
    byId('confirm').hidden = !last;
    byId('save').hidden = !changed();
    byId('show-next').hidden = step !== 'landmarks' || missing + low === 0;
    byId('show-next').textContent = text(missing + low === 1 ? 'showNext' : 'showNext.many');
    byId('landmarks-none').hidden = landmarks.body === 'torso' || landmarks.all().length > 0;
    byId<HTMLButtonElement>('undo').disabled = !landmarks.canUndo;
    byId<HTMLButtonElement>('redo').disabled = !landmarks.canRedo;
    for (const input of byId('body').querySelectorAll('input')) input.checked = input.value === landmarks.body;
  } else {
    byId('plan').hidden = false;
    byId('plan').classList.toggle('primary', last);
  }
}

function whatIsNext(missing: number, low: number, lacking: number): string {
  if (!editable) return text('next.sample');
  if (step === 'reading') return text('next.reading');
  if (step === 'landmarks') {
    if (missing > 0) return missing === 1 ? text('next.landmarks.missing.one') : text('next.landmarks.missing', missing);
    return low === 0 ? text('next.landmarks.done') : low === 1 ? text('next.landmarks.low.one') : text('next.landmarks.low', low);
  }
  if (lacking > 0) return text('next.patient');
  return missing > 0 ? text('missing.confirm', missing) : text('next.ready');
}

function changed(): boolean {
  return landmarks.changed || patient.changed;
}

/** The scan as the server has it now. */
function taken(scan: Scan): void {
  const other = scan.surfaceVersion !== keeper.scan.surfaceVersion;
  keeper.scan = scan;
  byId('scan-name').textContent = scan.name;
  landmarks.take(scan.body, scan.landmarks);
  patient.take(scan);
  reading.take(scan);
  if (other) void load();
  update();
}

/** The file was read in another way: another surface with other landmarks; what was said of the patient stays. */
async function read(scan: Scan): Promise<void> {
  keeper.scan = scan;
  landmarks.take(scan.body, scan.landmarks);
  reading.take(scan);
  await load();
  update();
}

/** Another window has changed the scan, so the file cannot be read again before that is seen. */
async function takeOther(): Promise<void> {
  taken(await ask<Scan>('GET', `/api/scans/${known.scan.id}`));
  keeper.say(text('conflict'));
}

async function load(): Promise<void> {
  const { scan } = keeper;
  await view.load(scan.id, scan.surfaceVersion, scan.pictureVersion);
  markers.update();
  reading.update();
  list.update();
}

async function confirm(): Promise<void> {
  const problems = patient.problems();
  patient.show(problems);
  if (problems.size > 0) return;
  await keeper.keep(true, plan);
}

async function save(): Promise<void> {
  const name = patient.problems().get('name');
  if (name) {
    show('patient');
    patient.show(new Map([['name', name]]));
    return;
  }
  await keeper.keep(keeper.scan.confirmed);
}

function plan(): void {
  const { scan } = keeper;
  newPlan.open({ scanId: scan.id, name: scan.name, body: scan.body, patient: { ageYears: scan.ageYears!, sex: scan.sex!, laxity: scan.laxity!, smoker: scan.smoker } });
}

for (const button of byId('steps').querySelectorAll<HTMLElement>('[data-step]')) button.addEventListener('click', () => show(button.dataset.step as Step));
byId('previous').addEventListener('click', () => show(STEPS[STEPS.indexOf(step) - 1], true));
byId('forward').addEventListener('click', () => {
  show(STEPS[STEPS.indexOf(step) + 1], true);
});
landmarks.onChange(() => {
  update();
  reading.update();
});
if (editable) {
  byId('confirm').addEventListener('click', () => void confirm());
  byId('save').addEventListener('click', () => void save());
  byId('undo').addEventListener('click', () => landmarks.undo());
  byId('show-next').addEventListener('click', () => list.openNext());
  byId('redo').addEventListener('click', () => landmarks.redo());
  for (const input of byId('body').querySelectorAll('input')) input.addEventListener('change', () => landmarks.show(input.value as Body));
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'radio' && event.target.type !== 'checkbox';
    if (typing || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) landmarks.undo();
    else if ((key === 'z' && event.shiftKey) || key === 'y') landmarks.redo();
    else return;
    event.preventDefault();
  });
  window.addEventListener('beforeunload', (event) => {
    if (changed()) event.preventDefault();
  });
} else {
  byId('plan').addEventListener('click', plan);
}
if (!view.scene) byId('scene-message').replaceChildren(make('span', {}, text('view.loading')));
show('reading');
void load();
