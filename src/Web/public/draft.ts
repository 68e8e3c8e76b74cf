// What is being typed is kept until it is sent, as long as the tab is open: a page that is loaded anew has it again.
const PREFIX = 'gridmesh.draft ';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function keepDraft(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) {
    // What the server has sent back is newer than any draft.
    if (form.querySelector('.fault') === null) restore(form);
    form.addEventListener('input', () => sessionStorage.setItem(keyOf(form), JSON.stringify(read(form))));
  }
}

export function dropDraft(form: HTMLFormElement): void {
  sessionStorage.removeItem(keyOf(form));
}

function keyOf(form: HTMLFormElement): string {
  return PREFIX + new URL(form.action).pathname;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((one): one is Field => isField(one) && one.name !== '' && one.type !== 'file');
}

function isField(one: Element): one is Field {
  return one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement;
}

function read(form: HTMLFormElement): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    if (field.type !== 'radio' || (field as HTMLInputElement).checked) kept[field.name] = field.value;
  }
  return kept;
}

function restore(form: HTMLFormElement): void {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? '{}') as Record<string, string>;
  for (const field of fieldsOf(form)) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (field instanceof HTMLInputElement && field.type === 'radio') {
      field.checked = field.value === value;
      if (!field.checked) continue;
    } else {
      field.value = value;
    }
    if (value !== '') field.closest('details')?.setAttribute('open', '');
  }
}
