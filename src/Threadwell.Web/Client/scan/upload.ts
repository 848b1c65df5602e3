// Uploading a scan: drop zone, checks before a byte is sent, progress of sending and reading, and refusals at the place.
import { text, number } from '../shared/page';
import { byId, make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import { JobProgress } from './job-progress';

const MEGABYTE = 1 << 20;

/** What the server reads. */
export interface UploadLimits {
  extensions: string[];
  largestBytes: number;
}

/** The drop zone of a page; it names where a scan is sent, and where to go then if not to the scan. */
export class Upload {
  private readonly drop = byId('drop');
  private readonly file = byId<HTMLInputElement>('file');
  private readonly answer = byId('upload-answer');
  private readonly progress = new JobProgress('upload');
  private busy = false;

  constructor(private readonly limits: UploadLimits) {
    this.file.addEventListener('change', () => {
      const chosen = [...(this.file.files ?? [])];
      this.file.value = '';
      if (chosen.length > 0) void this.take(chosen);
    });
    // A file that misses the zone must not replace the page.
    for (const kind of ['dragover', 'drop'] as const) {
      document.addEventListener(kind, (event) => event.preventDefault());
    }
    for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      this.drop.addEventListener(kind, (event) => {
        event.preventDefault();
        this.drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
        if (kind === 'drop') void this.take([...(event.dataTransfer?.files ?? [])]);
      });
    }
    window.addEventListener('beforeunload', (event) => {
      if (this.busy) event.preventDefault();
    });
  }

  private async take(files: File[]): Promise<void> {
    if (this.busy) return;
    this.answer.replaceChildren();
    const problem = this.problemOf(files);
    if (problem) {
      this.say(problem);
      return;
    }
    const [file] = files;
    this.busy = true;
    this.drop.hidden = true;
    try {
      const job = await this.sendFile(file);
      if (job) await this.read(job);
    } finally {
      this.busy = false;
      this.progress.hide();
      this.drop.hidden = false;
    }
  }

  private problemOf(files: File[]): string | null {
    if (files.length !== 1) return text('upload.one');
    const [{ name, size }] = files;
    const { extensions, largestBytes } = this.limits;
    if (!extensions.some((extension) => name.toLowerCase().endsWith(extension))) return text('upload.wrongKind', name, extensions.join(', '));
    if (size === 0) return text('upload.empty', name);
    if (size > largestBytes) return text('upload.tooLarge', name, number(size / MEGABYTE, 0), number(largestBytes / MEGABYTE, 0));
    return null;
  }

  /** Sends the file's bytes; the job's key, or null where it was refused, cancelled or lost. */
  private sendFile(file: File): Promise<string | null> {
    return new Promise((resolve) => {
      // fetch tells nothing of how far it has sent.
      const request = new XMLHttpRequest();
      const end = (message: string, detail = ''): void => {
        if (message) this.say(message, detail);
        resolve(null);
      };
      this.progress.show(text('upload.sending', file.name), 0, () => request.abort());
      request.upload.onprogress = (event) => {
        const sent = text('upload.sent', number(event.loaded / MEGABYTE, 1), number(event.total / MEGABYTE, 1));
        this.progress.show(`${text('upload.sending', file.name)}: ${sent}`, event.total > 0 ? event.loaded / event.total : 0, () => request.abort());
      };
      request.onabort = () => end(text('upload.cancelled'));
      request.onerror = () => end(text('upload.offline'));
      request.onload = () => {
        const body = (request.response ?? {}) as { job?: string; detail?: string; title?: string };
        if (request.status === 202 && body.job) resolve(body.job);
        else end(text('upload.refused'), body.detail ?? body.title ?? String(request.status));
      };
      request.open('POST', `${this.drop.dataset.address}?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader('X-Threadwell', '1');
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.responseType = 'json';
      request.send(file);
    });
  }

  private async read(job: string): Promise<void> {
    const status = await this.progress.follow(job, text('upload.waiting'));
    if (status.state === 'done' && status.result) {
      this.answer.replaceChildren(make('p', {}, text('upload.done')));
      this.busy = false;
      location.assign(this.drop.dataset.then ?? `/scans/${status.result}`);
    } else if (status.state === 'cancelled') {
      this.say(text('upload.cancelled'));
    } else if (status.problem === null) {
      this.say(text('upload.lost'));
    } else {
      this.say(text('upload.refused'), status.place ? `${status.place}: ${status.problem}` : status.problem);
    }
  }

  private say(message: string, detail = ''): void {
    const parts: (Node | string)[] = [make('p', {}, message)];
    if (detail) parts.push(make('p', { lang: languageOf(detail) }, detail), make('p', {}, text('upload.retry')));
    this.answer.replaceChildren(make('div', { class: 'problem' }, ...parts));
    this.file.focus({ preventScroll: true });
    this.answer.scrollIntoView({ block: 'nearest' });
  }
}
