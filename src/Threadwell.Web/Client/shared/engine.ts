// The engine's sentences in the page's language (docs/api.md). Answers carry them translated; plan and prediction files hold them in English.
import { ask } from './api';
import { language } from './page';

const learned = new Map<string, string>();

// Letters that English does not have; signs such as ², ×, − and … stand in both.
const VIETNAMESE = /[^\u0000-\u00BF\u00D7\u00F7\u2000-\u2FFF]/;

/** Learns how the page's language says sentences of plan and prediction files; tells whether any was new. Without an answer they stay English. */
export async function learn(sentences: readonly string[]): Promise<boolean> {
  const fresh = [...new Set(sentences)].filter((sentence) => sentence !== '' && !learned.has(sentence));
  if (language === 'en' || fresh.length === 0) return false;
  try {
    const { said } = await ask<{ said: string[] }>('POST', '/api/sentences', { sentences: fresh });
    fresh.forEach((sentence, index) => learned.set(sentence, said[index]));
    return true;
  } catch {
    return false;
  }
}

/** A sentence of a file in the page's language, once it is learned. */
export const said = (sentence: string): string => learned.get(sentence) ?? sentence;

/** Value of the lang attribute for what the engine says: 'en' where it stayed English on a page in another language. */
export const languageOf = (sentence: string): string | null => (language !== 'en' && !VIETNAMESE.test(sentence) ? 'en' : null);
