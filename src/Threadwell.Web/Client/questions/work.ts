// The work that a browser does for a ticket, with the steps of Threadwell.Care/Questions/ProofOfWork.cs, in slices between which the page answers.
import { sha256 } from './sha256';

const SLICE_MS = 12;

/** Does the work; tells after each puzzle how many are done. */
export async function work(ticket: string, puzzles: number, bits: number, told: (done: number) => void): Promise<string> {
  const numbers: number[] = [];
  let number = 0;
  while (numbers.length < puzzles) {
    const until = performance.now() + SLICE_MS;
    while (numbers.length < puzzles && performance.now() < until) {
      for (let step = 0; step < 256; step++, number++) {
        if (sha256(`${ticket}:${numbers.length}:${number}`)[0] >>> (32 - bits) === 0) {
          numbers.push(number);
          number = 0;
          told(numbers.length);
          break;
        }
      }
    }
    await new Promise((resume) => setTimeout(resume));
  }
  return numbers.join('.');
}
