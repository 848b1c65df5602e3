// The lift while planning: asks for the newest draft as soon as the last answer is there, and carries the answer to the vertices of the scan.
import { ask, Refusal, send } from '../shared/api';
import type { Vec3 } from '../scene/vectors';
import type { PlanDraft, ZoneWarning } from './types';

export interface PreviewBarb {
  position: Vec3;
  direction: Vec3;
  loadN: number;
  marginN: number;
  slipped: boolean;
}

export interface PreviewThread {
  id: string;
  path: Vec3[];
  tensionN: number;
  capacityN: number;
  pulledThrough: boolean;
  barbs: PreviewBarb[];
}

export interface PreviewAnswer {
  /** Key of the carrier; null where nothing was found. */
  mesh: string | null;
  refined: boolean;
  lifts: { landmark: string; liftMm: number }[];
  displacement: string;
  dimpling: string;
  threads: PreviewThread[];
  zoneWarnings: ZoneWarning[];
  warnings: { threadId: string; point: number | null; kind: string; text: string }[];
  failure: string | null;
}

/** An answer carried to the scan. */
export interface Preview {
  /** What was asked for. */
  draft: PlanDraft;
  answer: PreviewAnswer;
  /** Three a vertex of the scan, mm. */
  displacement: Float32Array;
  /** Lift along the planned direction, one a vertex, mm; not-a-number outside the region. */
  lift: Float32Array;
  /** Dimpling risk, one a vertex, 1 at the limit; 0 outside the region. */
  dimpling: Float32Array;
}

/** idle: nothing to ask; preparing and refining: the quick or the exact tissue is being built, with its fraction. */
export type PreviewStatus = { kind: 'idle' | 'coarse' | 'refined' | 'away' } | { kind: 'preparing' | 'refining'; fraction: number } | { kind: 'failed'; text: string };

interface Carrier {
  vertex: Uint32Array;
  column: Uint32Array;
  weight: Float32Array;
  columns: number;
}

const ASK_AGAIN_MS = 250;
const TRY_AGAIN_MS = 3000;

/** Keeps the preview of the newest draft. */
export class PreviewLoop {
  private wanted: { draft: PlanDraft; refine: boolean } | null = null;
  private running = false;
  // The draft that the quick answer on the screen is for.
  private quick: PlanDraft | null = null;
  private readonly carriers = new Map<string, Carrier>();
  private readonly displacement: Float32Array;
  private readonly lift: Float32Array;
  private readonly dimpling: Float32Array;
  /** Answers shown so far. */
  shown = 0;

  constructor(
    private readonly scanId: string,
    private readonly positions: Float32Array,
    private readonly show: (preview: Preview | null) => void,
    private readonly tell: (status: PreviewStatus) => void,
  ) {
    this.displacement = new Float32Array(positions.length);
    this.lift = new Float32Array(positions.length / 3);
    this.dimpling = new Float32Array(positions.length / 3);
  }

  /** Asks for a draft; an older one that waits is dropped. */
  request(draft: PlanDraft, refine: boolean): void {
    this.wanted = { draft, refine };
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.wanted) {
      const { draft, refine } = this.wanted;
      this.wanted = null;
      if (draft.threads.length === 0 || draft.targets.length === 0) {
        this.show(null);
        this.tell({ kind: 'idle' });
        continue;
      }
      try {
        await this.update(draft, refine);
      } catch (error) {
        await this.onFailure(error, draft, refine);
      }
    }
    this.running = false;
  }

  // The quick answer first; the exact one follows unless something newer is wanted.
  private async update(draft: PlanDraft, refine: boolean): Promise<void> {
    const exact = refine && this.quick === draft;
    const response = await send('POST', `/api/scans/${this.scanId}/preview`, { plan: draft, refine: exact });
    if (response.status === 202) {
      const { fraction } = (await response.json()) as { fraction: number };
      this.tell(exact ? { kind: 'refining', fraction } : { kind: 'preparing', fraction });
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      this.wanted ??= { draft, refine };
      return;
    }
    const answer = (await response.json()) as PreviewAnswer;
    const carrier = answer.mesh === null ? null : await this.carrier(answer.mesh);
    if (!answer.refined && !answer.failure) {
      this.quick = draft;
      if (refine) this.wanted ??= { draft, refine };
    }
    // After the next question has been sent: the server computes on while this answer is drawn.
    setTimeout(() => {
      if (carrier) {
        this.show(this.carry(answer, carrier, draft));
        this.shown++;
      }
      this.tell(answer.failure ? { kind: 'failed', text: answer.failure } : { kind: answer.refined ? 'refined' : 'coarse' });
    });
  }

  private async onFailure(error: unknown, draft: PlanDraft, refine: boolean): Promise<void> {
    if (error instanceof Refusal && error.status < 500) {
      this.tell({ kind: 'failed', text: error.message });
      return;
    }
    this.tell({ kind: 'away' });
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    this.wanted ??= { draft, refine };
  }

  private async carrier(mesh: string): Promise<Carrier> {
    const known = this.carriers.get(mesh);
    if (known) return known;
    const buffer = await (await send('GET', `/api/previews/${mesh}/carrier`)).arrayBuffer();
    const [n, columns] = new Uint32Array(buffer, 0, 2);
    const carrier = { vertex: new Uint32Array(buffer, 8, n), column: new Uint32Array(buffer, 8 + 4 * n, 3 * n), weight: new Float32Array(buffer, 8 + 16 * n, 3 * n), columns };
    this.carriers.set(mesh, carrier);
    return carrier;
  }

  private carry(answer: PreviewAnswer, carrier: Carrier, draft: PlanDraft): Preview {
    const moves = floats(answer.displacement);
    const risks = floats(answer.dimpling);
    const { displacement, lift, dimpling, positions } = this;
    displacement.fill(0);
    lift.fill(NaN);
    dimpling.fill(0);
    const targets = draft.targets.flatMap((target) => {
      const landmark = draft.landmarks.find((candidate) => candidate.name === target.landmark);
      return landmark ? [{ at: landmark.position, vector: target.vector }] : [];
    });
    for (let index = 0; index < carrier.vertex.length; index++) {
      const at = 3 * carrier.vertex[index];
      let x = 0;
      let y = 0;
      let z = 0;
      let risk = 0;
      for (let corner = 3 * index; corner < 3 * index + 3; corner++) {
        const column = carrier.column[corner];
        const weight = carrier.weight[corner];
        x += weight * moves[3 * column];
        y += weight * moves[3 * column + 1];
        z += weight * moves[3 * column + 2];
        risk += weight * risks[column];
      }
      displacement[at] = x;
      displacement[at + 1] = y;
      displacement[at + 2] = z;
      dimpling[at / 3] = risk;
      // The planned direction is blended between the targets by the inverse square of their distance.
      let dx = 0;
      let dy = 0;
      let dz = 0;
      for (const target of targets) {
        const share = 1 / ((positions[at] - target.at[0]) ** 2 + (positions[at + 1] - target.at[1]) ** 2 + (positions[at + 2] - target.at[2]) ** 2 + 1);
        dx += share * target.vector[0];
        dy += share * target.vector[1];
        dz += share * target.vector[2];
      }
      lift[at / 3] = (x * dx + y * dy + z * dz) / (Math.hypot(dx, dy, dz) || 1);
    }
    return { draft, answer, displacement, lift, dimpling };
  }
}

/** Danger zones that the draft's threads meet, without a preview. */
export async function checkZones(scanId: string, draft: PlanDraft): Promise<ZoneWarning[]> {
  return (await ask<{ warnings: ZoneWarning[] }>('POST', `/api/scans/${scanId}/check`, draft)).warnings;
}

function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** Where a place on the skin is after the preview's displacement. */
export function displaced(point: Vec3, vertex: number, displacement: Float32Array | null): Vec3 {
  return displacement ? [point[0] + displacement[3 * vertex], point[1] + displacement[3 * vertex + 1], point[2] + displacement[3 * vertex + 2]] : point;
}
