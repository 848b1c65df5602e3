// What decides a result: its computing is followed; everything else on the page is written by the server.
import { text } from '../shared/page';
import { JobProgress } from '../scan/job-progress';

const job = document.getElementById('causes-job');
if (job) void new JobProgress('causes').follow(job.dataset.job!, text('waiting')).then(() => location.reload());
