// The service worker that shows what the clinic pushes.
import { handlePushes, type PushScope } from '../shared/push-handler';

handlePushes(self as unknown as PushScope);
