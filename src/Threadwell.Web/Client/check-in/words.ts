// Words of the rules with numbers to dial, places and times put in.
import { make } from '../shared/dom';
import { language, text } from '../shared/page';
import type { Wording } from '../triage/file';
import type { PageFacts } from './facts';

export const said = (wording: Wording): string => (language === 'vi' ? wording.vi : wording.en);

/** A number as a telephone dials it; empty where it is none. */
export const dialled = (phone: string): string => phone.replace(/[^0-9+]/g, '');

/** A telephone number to press. */
export const callLink = (phone: string, words = phone, look = ''): HTMLAnchorElement => make('a', { href: `tel:${dialled(phone)}`, class: look || null }, words);

/** A sentence of the rules; {phone}, {hospital}, {emergency}, {day} and {due} are put in. */
export function filled(wording: Wording, facts: PageFacts, day: number | null, due: string): (Node | string)[] {
  const { phone, hospital, emergency } = facts.course.contact;
  return said(wording).split(/(\{\w+\})/).map((part) => {
    switch (part) {
      case '{phone}':
        return dialled(phone) ? callLink(phone) : text('the-clinic');
      case '{emergency}':
        return callLink(emergency);
      case '{hospital}':
        return hospital || text('nearest-hospital');
      case '{day}':
        return day === null ? '?' : String(day);
      case '{due}':
        return due;
      default:
        return part;
    }
  });
}

/** A time by which something is done, in the clinic's zone. */
export function time(at: number, now: number, zone: string): string {
  const day = (moment: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  if (day(at) === day(now)) return text('due.today', clock);
  if (day(at) === day(now + 86_400_000)) return text('due.tomorrow', clock);
  return text('due.on', clock, new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit' }).format(at));
}

/** A time that has gone by, in the clinic's zone: with its day where that is not today. */
export function moment(at: number, now: number, zone: string): string {
  const part = (options: Intl.DateTimeFormatOptions, of: number): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(of);
  const day = (of: number): string => part({ day: '2-digit', month: '2-digit' }, of);
  const clock = part({ hour: '2-digit', minute: '2-digit' }, at);
  return day(at) === day(now) ? clock : text('due.on', clock, day(at));
}
