/** Gives a list as many rows as there are items: new ones are made, all are written, those left over go. */
export function fillRows<T, R extends HTMLElement>(
  list: HTMLElement,
  items: readonly T[],
  make: () => R,
  write: (row: R, item: T) => void,
): void {
  while (list.children.length > items.length) list.lastElementChild?.remove();
  items.forEach((item, index) => {
    write((list.children[index] as R | undefined) ?? list.appendChild(make()), item);
  });
}
