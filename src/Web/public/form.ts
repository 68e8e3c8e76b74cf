import { dropDraft } from './draft';
import { ask, saying, sayLost, show } from './page';
import { smaller } from './photo';

/** Sends forms without leaving the page, so that a server that is away costs nothing that was typed. */
export function enhanceForms(changed: () => void): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-send]')) {
    form.addEventListener('submit', event => {
      event.preventDefault();
      void send(form, changed);
    });
  }
}

async function send(form: HTMLFormElement, changed: () => void): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('[data-submit]');
  if (!button || button.ariaBusy === 'true') return;
  const label = button.textContent;
  button.ariaBusy = 'true';
  button.textContent = saying('sending');
  try {
    const { page, url, ok } = await ask(form.action, { method: 'POST', body: await bodyOf(form) });
    sayLost(null);
    if (ok) dropDraft(form);
    const photo = form.querySelector<HTMLInputElement>('input[type=file]')?.files ?? null;
    show(page);
    if (ok) history.pushState(null, '', url);
    changed();
    if (!ok) giveBack(photo);
    (document.querySelector<HTMLElement>('[data-focus]') ?? document.querySelector<HTMLElement>('main'))?.focus();
    scrollTo({ top: 0 });
  } catch {
    sayLost(saying('lost'));
    button.ariaBusy = null;
    button.textContent = label;
  }
}

/** With a file it goes in parts, else as the browser would send it. */
async function bodyOf(form: HTMLFormElement): Promise<BodyInit> {
  const data = new FormData(form);
  const photo = data.get('photo');
  if (photo instanceof File && photo.size > 0) data.set('photo', await smaller(photo), 'photo.jpg');
  else data.delete('photo');
  if (form.enctype === 'multipart/form-data') return data;
  return new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
}

/** The server cannot send a chosen file back; the page still has it. */
function giveBack(files: FileList | null): void {
  const input = document.querySelector<HTMLInputElement>('main input[type=file]');
  if (!input || !files || files.length === 0) return;
  input.files = files;
  input.dispatchEvent(new Event('change'));
}

// Going back and forth among what was shown without leaving the page.
addEventListener('popstate', () => location.reload());
