// Signing in, or proving anew who one is, by passkey.
import { known, problem, prove } from '../accounts/passkeys';
import { forget } from '../check-in/leave';
import { byId } from '../shared/dom';

const place = document.getElementById('passkey');
if (place && known()) {
  const button = byId('passkey-go');
  button.hidden = false;
  button.addEventListener('click', () => void go(place));
}

if (place?.dataset.left) void forget(place.dataset.kept || null, place.dataset.teller || null);

async function go(place: HTMLElement): Promise<void> {
  const told = byId('passkey-told');
  told.textContent = '';
  try {
    await prove(place.dataset.again ? '/api/sign-in/again' : '/api/sign-in/passkey');
    location.assign(place.dataset.back ?? '/');
  } catch (error) {
    told.textContent = problem(error);
  }
}
