// Signing a consent: drawing, or writing the name. Without this script the name is written.
import { signByPasskey, type ConsentFacts } from '../consents/passkey';
import { SignaturePad } from '../consents/signature-pad';
import { byId, make } from '../shared/dom';
import { facts, text } from '../shared/page';

const form = byId<HTMLFormElement>('sign');
const padPlace = byId('pad');
const typed = byId('typed');
const name = byId<HTMLInputElement>('name');
const passkey = document.getElementById('passkey');
const missing = make('p', { class: 'problem small', role: 'alert' });
const pad = new SignaturePad();
padPlace.append(pad.element);
document.documentElement.classList.add('has-script');

const chosen = (): string => (form.elements.namedItem('Form.Signature') as RadioNodeList).value;

function show(): void {
  const kind = chosen();
  padPlace.hidden = kind !== 'drawn';
  if (passkey) passkey.hidden = kind !== 'passkey';
  typed.hidden = kind !== 'typed';
  name.required = kind === 'typed';
  missing.remove();
}

for (const radio of form.querySelectorAll<HTMLInputElement>('input[name="Form.Signature"]')) radio.addEventListener('change', show);
form.addEventListener('submit', (event) => {
  if (chosen() === 'passkey') {
    event.preventDefault();
    void sign();
    return;
  }
  if (chosen() !== 'drawn') return;
  const drawing = pad.drawing;
  if (drawing) {
    byId<HTMLInputElement>('drawing').value = drawing;
    return;
  }
  event.preventDefault();
  missing.textContent = text('sign.draw.missing');
  padPlace.append(missing);
  padPlace.scrollIntoView({ block: 'center' });
});
async function sign(): Promise<void> {
  missing.remove();
  try {
    location.assign(await signByPasskey(form, facts<ConsentFacts>()));
  } catch (error) {
    const stopped = error instanceof DOMException && error.name === 'NotAllowedError';
    missing.textContent = stopped ? text('sign.passkey.stopped') : text('sign.passkey.problem', error instanceof Error ? error.message : String(error));
    passkey?.after(missing);
  }
}

show();
document.getElementById('problems')?.focus();
