// On the patient's other pages: sends answers that wait on this phone, and says what still waits.
import { guardSignOut, sendWaiting, sweepDrafts } from '../check-in/waiting';

void sendWaiting();
void sweepDrafts().catch(() => undefined);
guardSignOut();
