// Names of what a plan holds, in the page's language.
import { number, text } from '../shared/page';
import type { DangerZone } from './types';

/** 'jowl.left' as "Jowl, left". */
export function landmarkName(name: string): string {
  const [place, side] = name.split('.');
  const known = text(`landmark.${place}`);
  const spoken = known.startsWith('[') ? place.replaceAll('-', ' ') : known;
  return side === 'left' || side === 'right' ? text('side', spoken, text(`side.${side}`)) : spoken;
}

export const mm = (value: number, decimals = 1): string => text('mm', number(value, decimals));
export const newton = (value: number, decimals = 2): string => text('newton', number(value, decimals));

/** What is known of a zone's depth. */
export function zoneDepth(zone: DangerZone): string {
  return zone.leastDepthMm ? text('zone.depth', number(Math.min(...zone.leastDepthMm), 1)) : text('zone.unknown');
}

/** A date and time in the page's form. */
export const when = (iso: string, language: string): string => new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
