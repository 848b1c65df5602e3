// Pictures of the signs, drawn for this page: thick lines, one thing each, and the same in black and white.
const ns = 'http://www.w3.org/2000/svg';

const face = 'M24 6c-8 0-13 6-13 15 0 11 6 21 13 21s13-10 13-21C37 12 32 6 24 6z';
const mark = (path: string): [string, string] => ['mark', path];
const line = (path: string): [string, string] => ['line', path];
const fill = (path: string): [string, string] => ['fill', path];

const pictures: Record<string, [string, string][]> = {
  // An eye with a stroke through it.
  eyes: [line('M5 24s7-11 19-11 19 11 19 11-7 11-19 11S5 24 5 24z'), line('M24 18a6 6 0 1 0 0 12 6 6 0 0 0 0-12z'), mark('M9 40 39 8')],
  // A cheek with a net-like patch.
  skinColour: [line(face), mark('M25 24l4-4 5 4-4 5zM25 24l-4 4 4 5 5-4M30 29l3 4'), line('M17 20h3')],
  // A profile with a throat and air that does not pass.
  breathing: [line('M30 5c-9 0-15 5-15 13l-5 8h5v6c0 3 2 4 5 4h3v7M36 43V30c3-3 4-7 4-11'), mark('M22 26h11M29 21l5 5-5 5')],
  // A swelling that presses out, and a drop.
  tightness: [line('M6 36c8 0 8-18 18-18s10 18 18 18'), mark('M24 12V5M14 15l-4-6M34 15l4-6'), fill('M24 24c3 4 4 6 4 8a4 4 0 0 1-8 0c0-2 1-4 4-8z')],
  // Lips with raised patches around.
  allergy: [line('M8 27c5-6 9-8 12-6 2 1 2 2 4 2s2-1 4-2c3-2 7 0 12 6-5 8-10 11-16 11S13 35 8 27z'), line('M8 27c6 2 10 2 16 2s10 0 16-2'), mark('M9 11a3 3 0 1 0 .1 0M22 8a3 3 0 1 0 .1 0M36 10a3 3 0 1 0 .1 0')],
  // A syringe with waves.
  numbing: [line('M7 41l9-9M14 26l8 8M16 32 32 16l6 6-16 16M30 10l8 8M35 13l6-6'), mark('M8 10c3-3 5 3 8 0M8 17c3-3 5 3 8 0')],
  // A face of which one side hangs.
  face: [line(face), line('M17 19h4M27 22h5'), mark('M18 33c3-2 6-2 8 0l6 4')],
  // A thermometer and shaking lines.
  ill: [line('M20 8a4 4 0 0 1 8 0v19a8 8 0 1 1-8 0z'), fill('M24 30a4 4 0 1 0 .1 0zM23 16h2v15h-2z'), mark('M37 10l-3 4 4 4-4 4M11 10l3 4-4 4 4 4')],
  // One brow lifts, the other does not.
  weakness: [line(face), line('M15 16c2-3 5-3 7-1M17 21h3M28 21h3'), mark('M27 18h7M19 33c4 3 8 2 11-2')],
  // An open mouth between two arrows that press.
  mouth: [line('M10 24c4-7 9-8 14-8s10 1 14 8c-4 7-9 8-14 8s-10-1-14-8z'), line('M15 24h18'), mark('M24 4v8M20 8l4 4 4-4M24 44v-8M20 40l4-4 4 4')],
  // Drops that come out of the skin.
  fluid: [line('M5 14h13c3 0 3 5 6 5s3-5 6-5h13'), fill('M24 24c4 5 5 7 5 10a5 5 0 0 1-10 0c0-3 1-5 5-10z'), mark('M11 24v5M37 24v5')],
  // A lump under the skin.
  lump: [line('M4 34h9c3 0 4-14 11-14s8 14 11 14h9'), fill('M24 25a6 6 0 1 0 .1 0z'), mark('M24 14V7M15 16l-4-5M33 16l4-5')],
  // A thread that stands out of the skin.
  thread: [line('M4 32h17M27 32h17'), mark('M24 42V22c0-5 7-4 7-9 0-3-3-5-6-4'), line('M20 36l4-4 4 4')],
  // Chest and belly.
  trunk: [line('M14 6c0 6-6 6-6 12 0 8 4 10 4 24M34 6c0 6 6 6 6 12 0 8-4 10-4 24'), mark('M25 14l-5 8h8l-5 9'), line('M24 38v2')],
};

const signs: Record<string, [string, string][]> = {
  green: [line('M24 4a20 20 0 1 0 .1 0z'), mark('M14 25l7 7 13-15')],
  amber: [line('M24 4a20 20 0 1 0 .1 0z'), mark('M24 12v13l8 5')],
  red: [line('M15 6l6 10-4 4c2 5 6 9 11 11l4-4 10 6c0 6-4 9-8 9C20 42 6 28 6 14c0-4 3-8 9-8z')],
  emergency: [line('M24 5 45 42H3z'), mark('M24 18v12M24 36v.5')],
  sent: [mark('M10 25l9 9 19-21')],
  waits: [line('M24 6a18 18 0 1 0 .1 0z'), mark('M24 14v11l7 4')],
};

/** The picture of a sign of the safety screen, or of a level; a screen reader hears the words beside it. */
export function icon(name: string, size = 48): SVGSVGElement {
  const svg = document.createElementNS(ns, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 48 48', width: String(size), height: String(size), 'aria-hidden': 'true', class: 'sign-icon' })) svg.setAttribute(key, value);
  for (const [kind, path] of pictures[name] ?? signs[name] ?? []) {
    const element = document.createElementNS(ns, 'path');
    element.setAttribute('class', kind);
    element.setAttribute('d', path);
    svg.append(element);
  }
  return svg;
}
