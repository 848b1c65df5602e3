// The start page: uploading, new plans, and what is kept. The lists themselves are drawn by the server.
import { facts, text, number } from '../shared/page';
import { follow } from '../shared/api';
import { DeleteDialog, RenameDialog } from '../scan/kept-items';
import { NewPlanDialog } from '../scan/new-plan';
import { Upload, type UploadLimits } from '../scan/upload';

new Upload(facts<UploadLimits>());
const newPlan = new NewPlanDialog();
const rename = new RenameDialog();
const remove = new DeleteDialog();

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>('button[data-do]');
  const item = button?.closest<HTMLElement>('[data-plan], [data-scan]');
  if (!button || !item) return;
  const name = item.dataset.name ?? '';
  switch (button.dataset.do) {
    case 'plan':
      newPlan.open({
        scanId: item.dataset.scan!,
        name,
        body: button.dataset.body as 'head' | 'torso',
        patient: { ageYears: Number(button.dataset.age), sex: button.dataset.sex!, laxity: button.dataset.laxity!, smoker: button.dataset.smoker === 'true' },
      });
      break;
    case 'rename':
      rename.open(item.dataset.plan!, name);
      break;
    case 'delete':
      remove.open(`/api/plans/${item.dataset.plan}`, text('delete.plan', name), text('delete.plan.what'));
      break;
    case 'delete-scan':
      remove.open(`/api/scans/${item.dataset.scan}`, text('delete.scan', name), text('delete.scan.what'));
      break;
  }
});

// A course that runs is followed; when it ends the list is drawn again.
for (const course of document.querySelectorAll<HTMLElement>('[data-course][data-state=open]')) {
  const state = course.querySelector('.state')!;
  const { over } = follow(course.dataset.course!, (status) => (state.textContent = text('course.open', number(Math.floor(100 * status.fraction), 0))));
  void over.then((status) => {
    // One that the server no longer knows tells no problem.
    const told = status.state !== 'failed' || status.problem !== null;
    if (told && document.querySelector('dialog[open]') === null) location.reload();
  });
}
