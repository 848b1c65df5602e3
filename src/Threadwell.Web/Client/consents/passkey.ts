// Signing by passkey: the server makes a challenge that begins with the hash of the document, the device signs it.
import { ask } from '../shared/api';

/** What the server tells the page. */
export interface ConsentFacts {
  patient: string;
  about: string;
  language: string;
}

interface Question {
  options: PublicKeyCredentialRequestOptionsJSON;
  state: string;
}

/** Signs what the form holds; gives the address of the signed consent. */
export async function signByPasskey(form: HTMLFormElement, facts: ConsentFacts): Promise<string> {
  const fields = new FormData(form);
  const choices: Record<string, string> = {};
  for (const [name, value] of fields) {
    const kind = /^Form\.Choices\[(\w+)\]$/.exec(name)?.[1];
    if (kind) choices[kind] = String(value);
  }

  const consent = { about: facts.about, language: facts.language, shown: String(fields.get('Form.Shown')), choices };
  const address = `/api/patients/${facts.patient}/consent/passkey`;
  const question = await ask<Question>('POST', `${address}/question`, consent);
  const credential = (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question.options) })) as PublicKeyCredential;
  const signed = await ask<{ address: string }>('POST', address, { consent, state: question.state, credential: credential.toJSON() });
  return signed.address;
}
