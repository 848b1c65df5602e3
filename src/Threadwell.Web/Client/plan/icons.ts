// Line icons of the page's buttons, 24 units wide.
const PATHS = {
  select: 'M6 4l12 7-5.2 1.6L10.5 18z',
  add: 'M12 5v14M5 12h14',
  undo: 'M8 6L4 10l4 4M4 10h9a6 6 0 0 1 0 12h-2',
  redo: 'M16 6l4 4-4 4M20 10h-9a6 6 0 0 0 0 12h2',
  zones: 'M12 4l9 16H3zM12 10v5M12 17.5v.5',
  lift: 'M5 20V10M10 20V5M15 20v-8M20 20v-5',
  barbs: 'M4 18L20 6M9 14.2l-3-.6M9 14.2l.4 3M14 10.5l-3-.6M14 10.5l.4 3',
  copy: 'M12 3v18M9 7L4 12l5 5M15 7l5 5-5 5',
  duplicate: 'M8 8h11v11H8zM5 15V5h10',
  remove: 'M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13',
  near: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5M8 11h6M11 8v6',
  far: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5M8 11h6',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that screen readers skip. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: '20', height: '20', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' })) svg.setAttribute(key, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
