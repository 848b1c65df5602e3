// Looks for words in free text, with the steps of Threadwell.Care/Rules/TextWords.cs.
import type { Words } from './file';

/** Whether a text holds a word of one of the lists; without evenDenied, one that nothing denies ("no fever"). */
export function mentions(text: string, lists: string[], words: Words, evenDenied: boolean): boolean {
  const said = tokens(text);
  const denials = words.denials.flatMap(tokens);
  const fillers = words.fillers.flatMap(tokens);
  const isDenied = (at: number): boolean => {
    let count = 0;
    for (let before = at - 1; before >= 0; before--) {
      if (denials.some((denial) => fits(said[before], denial))) count++;
      else if (!fillers.some((filler) => fits(said[before], filler))) break;
    }
    return count % 2 === 1;
  };
  for (const phrase of lists.flatMap((list) => words.lists[list]).map(tokens)) {
    for (let at = 0; at + phrase.length <= said.length; at++) {
      if (phrase.every((word, index) => fits(said[at + index], word)) && (evenDenied || !isDenied(at))) return true;
    }
  }
  return false;
}

// Words in lower case and composed letters; an empty one stands where punctuation parts them.
function tokens(text: string): string[] {
  const found: string[] = [];
  let word = '';
  const close = (): void => {
    if (word) found.push(word);
    word = '';
  };
  for (const character of text.normalize('NFC').toLowerCase().replaceAll('’', "'")) {
    if (/[\p{L}\p{Nd}\p{Mn}\p{Mc}']/u.test(character)) {
      word += character;
      continue;
    }
    close();
    if (character !== ' ') found.push('');
  }
  close();
  return found;
}

// A word written without accents fits one that has them; a word with other accents does not.
const fits = (token: string, word: string): boolean => token === word || (token === plain(token) && token === plain(word));

const plain = (word: string): string => word.normalize('NFD').replace(/\p{Mn}/gu, '').replaceAll('đ', 'd');
