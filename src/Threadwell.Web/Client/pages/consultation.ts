// The consultation: the patient's own face over the years, true to scale; everything else on the page is written by the server.
import { PatientView, type ConsultationFacts } from '../consultation/patient-view';
import { make } from '../shared/dom';
import { facts, text } from '../shared/page';

const print = document.getElementById('print') as HTMLButtonElement | null;
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}

const face = document.getElementById('face');
const known = facts<ConsultationFacts | null>();
if (face && known) void show(face, known);

async function show(host: HTMLElement, shown: ConsultationFacts): Promise<void> {
  try {
    const view = await PatientView.fetch(shown);
    host.replaceChildren(view.element);
    await view.draw();
    host.dataset.ready = 'true';
    for (const picture of document.querySelectorAll<HTMLImageElement>('img[data-src]')) picture.src = picture.dataset.src!;
  } catch (error) {
    host.replaceChildren(make('p', { class: 'problem', role: 'alert' }, text('face.problem', error instanceof Error ? error.message : String(error))));
  }
}
