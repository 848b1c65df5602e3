// A visit after a treatment: its scan is uploaded, and its measurement followed; everything else on the page is written by the server.
import { facts, text } from '../shared/page';
import { JobProgress } from '../scan/job-progress';
import { Upload, type UploadLimits } from '../scan/upload';

if (document.getElementById('drop')) new Upload(facts<UploadLimits>());

const job = document.getElementById('measure-job');
if (job) void new JobProgress('measure').follow(job.dataset.job!, text('measured.waiting')).then(() => location.reload());
