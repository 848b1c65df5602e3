// Passkeys of an account (WebAuthn): the browser is asked for one when a button is pressed, never before.
import { ask, send } from '../shared/api';
import { text } from '../shared/page';

/** Whether this browser knows passkeys and the way in which the server writes about them. */
export const known = (): boolean => typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** Makes a passkey and gives it to the account. */
export async function add(name: string): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>('POST', '/api/account/passkeys/options');
  const credential = (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })) as PublicKeyCredential;
  await send('POST', '/api/account/passkeys', { credential: credential.toJSON(), name });
}

/** Proves by passkey who one is, at an address that takes the device's answer. */
export async function prove(address: string): Promise<void> {
  const options = await ask<PublicKeyCredentialRequestOptionsJSON>('POST', '/api/sign-in/passkey/options');
  const credential = (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })) as PublicKeyCredential;
  await send('POST', address, { credential: credential.toJSON() });
}

/** What went wrong, in words. */
export const problem = (error: unknown): string => text(error instanceof DOMException ? 'passkey.stopped' : 'passkey.problem');
