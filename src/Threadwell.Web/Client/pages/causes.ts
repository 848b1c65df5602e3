// What decides a result: its computing is followed; everything else on the page is written by the server.
import { text } from '../shared/page';
import { JobProgress } from '../scan/job-progress';

const job = document.getElementById('causes-job');
if (job) {
  const progress = new JobProgress('causes');
  void progress.follow(job.dataset.job!, text('waiting')).then(() => {
    // A job that is not there has nothing new to show: the page would come back the same, without end.
    if (progress.heard) location.reload();
  });
}
