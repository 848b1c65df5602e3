// Renaming and deleting what the start page lists.
import { Refusal, ask, send } from '../shared/api';
import { text } from '../shared/page';
import { showProblem } from './controls';
import { byId } from '../shared/dom';

interface PlanAnswer {
  revision: number;
  draft: unknown;
}

/** Asks for a new name and keeps it. The draft stays as it is on the server. */
export class RenameDialog {
  private readonly dialog = byId<HTMLDialogElement>('rename');
  private readonly name = byId<HTMLInputElement>('rename-name');
  private plan = '';

  constructor() {
    this.dialog.querySelector('form')!.addEventListener('submit', (event) => {
      if ((event.submitter as HTMLButtonElement | null)?.value !== 'save') return;
      event.preventDefault();
      void this.save();
    });
  }

  open(plan: string, name: string): void {
    this.plan = plan;
    this.name.value = name;
    showProblem(byId('rename-problem'), '');
    this.dialog.showModal();
    this.name.select();
  }

  private async save(): Promise<void> {
    try {
      await renamePlan(this.plan, this.name.value.trim());
      location.reload();
    } catch (error) {
      showRefusal(byId('rename-problem'), error);
    }
  }
}

/** A rename takes the newest draft along, so a page that changes the plan meanwhile makes it try once more. */
async function renamePlan(plan: string, name: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { revision, draft } = await ask<PlanAnswer>('GET', `/api/plans/${plan}`);
    try {
      await send('PUT', `/api/plans/${plan}`, { revision, name, draft });
      return;
    } catch (error) {
      if (attempt > 0 || !(error instanceof Refusal) || error.status !== 409) throw error;
    }
  }
}

/** Asks before something is deleted for good. */
export class DeleteDialog {
  private readonly dialog = byId<HTMLDialogElement>('delete');
  private address = '';

  constructor() {
    this.dialog.querySelector('form')!.addEventListener('submit', (event) => {
      if ((event.submitter as HTMLButtonElement | null)?.value !== 'delete') return;
      event.preventDefault();
      void this.delete();
    });
  }

  open(address: string, question: string, what: string): void {
    this.address = address;
    byId('delete-title').textContent = question;
    byId('delete-what').textContent = what;
    showProblem(byId('delete-problem'), '');
    this.dialog.showModal();
  }

  private async delete(): Promise<void> {
    try {
      await send('DELETE', this.address);
    } catch (error) {
      // Somebody else has deleted it: the same end.
      if (!(error instanceof Refusal) || error.status !== 404) {
        showRefusal(byId('delete-problem'), error);
        return;
      }
    }
    location.reload();
  }
}

function showRefusal(place: HTMLElement, error: unknown): void {
  if (error instanceof Refusal) showProblem(place, error.message);
  else showProblem(place, text('offline'));
}
