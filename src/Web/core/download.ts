import { el } from './dom';

/** The browser has taken the content long before. */
const KEPT_MS = 60_000;

/** Saves what was fetched, since a link cannot carry the token. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
