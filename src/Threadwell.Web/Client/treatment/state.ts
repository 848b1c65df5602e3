// A treatment as the API tells it. Numbers and dates stand as they are typed in the page's language.
export type Side = 'left' | 'right' | 'middle';
export type State = 'preparing' | 'started' | 'ended' | 'cancelled';

/** One thing that stands against a start or an end, with where it is put right. */
export interface GateLine { code: string; reason: string; fix: string; address: string }

export interface Nerves { findings: Record<string, string>; note: string; tested: string }

export interface PlacedThread {
  id: string; number: number; product: string; maker: string; material: string; lot: string; expiry: string; planned: string; reason: string;
  area: string; side: Side; depthMm: string; tensionN: string; note: string; isStruck: boolean; struckReason: string; removed: string;
}

export interface Place { id: string; area: string; side: Side; material: string; depthMm: string }

export interface Dose { isCream: boolean; percent: string; amount: string; withAdrenaline: boolean }

export interface Treatment {
  id: string;
  revision: number;
  state: State;
  kind: 'planned' | 'complicationCare';
  booking: { day: string; operatorId: string; facilityId: string; room: string };
  mayNotTreat: string;
  gate: GateLine[];
  open: GateLine[];
  recheck: Record<string, string> & { isOfTheDay: never };
  phone: { number: string; checked: string };
  doses: { weightKg: string; rows: Dose[]; isNone: boolean; reason: string; totalMg: number; limitMg: number | null; share: number | null };
  sterile: string[];
  asymmetry: { measures: { key: string; left: string; right: string }[]; note: string; measured: string; countersignedBy: string } | null;
  nerves: Nerves | null;
  nervesAtDischarge: Nerves | null;
  discharge: string[];
  views: { view: string; photo: string | null }[];
  threads: PlacedThread[];
  left: Place[];
  notPlaced: Record<string, string>;
  events: { at: string; by: string; kind: string; text: string }[];
  started: string;
  override: string;
  signed: string;
  signedSha256: string;
  mornings: Nerves[];
}

export interface Facts { treatment: Treatment; writes: boolean; patient: string; sterility: number; nerves: string[]; discharge: string[] }

/** A package as the server read it. */
export interface PackageReading {
  package: { product: string; maker: string; material: string; isKnown: boolean; identifier: string; lot: string; serial: string; expiry: string };
  problems: Record<string, string>;
  offer: 'unknown-product' | 'scan-more' | null;
}
