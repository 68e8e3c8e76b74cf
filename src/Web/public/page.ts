/** How long the server may take before it counts as away. */
const ANSWER_MAX_MS = 30_000;

/** What the page itself says in its language, for what only a script comes to know. */
export function saying(name: 'lost' | 'old' | 'sending'): string {
  return document.body.dataset[name] ?? '';
}

/** The line above the page that says that the server is away; null when it is there again. */
export function sayLost(text: string | null): void {
  const line = document.querySelector<HTMLElement>('[data-lost-line]');
  if (!line) return;
  line.hidden = text === null;
  line.textContent = text ?? '';
}

/** A page of the server, whatever its status; an error where none came. */
export async function ask(url: string, init: RequestInit = {}): Promise<{ page: Document; url: string; ok: boolean }> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MAX_MS) });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  // A proxy that has lost the server answers in words of its own.
  if (!page.querySelector('main')) throw new Error(`${url}: ${response.status}`);
  return { page, url: response.url, ok: response.ok };
}

/** Takes over what a page of the server says. */
export function show(page: Document): void {
  const [here, there] = [document.querySelector('main'), page.querySelector('main')];
  if (!here || !there) return;
  document.title = page.title;
  here.replaceWith(document.adoptNode(there));
}
