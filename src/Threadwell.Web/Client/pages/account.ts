// One's own account: adding a passkey.
import { add, known, problem } from '../accounts/passkeys';
import { byId } from '../shared/dom';

const place = document.getElementById('new-passkey');
if (place && known()) {
  place.hidden = false;
  byId('passkey-add').addEventListener('click', () => void addOne());
}

async function addOne(): Promise<void> {
  const told = byId('passkey-told');
  told.textContent = '';
  try {
    await add(byId<HTMLInputElement>('passkeyname').value);
    location.reload();
  } catch (error) {
    told.textContent = problem(error);
  }
}
