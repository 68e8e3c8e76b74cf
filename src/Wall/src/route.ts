import { isWithin, tierOf } from './code';

/** Where the wall stands, kept in the address, so that the browser's back leads up again and a link leads there. */
export interface Route {
  current(): string;
  /** Goes to another area; a step of the browser's history. */
  open(code: string): void;
}

/** The area to start with: the one asked for, if it is a code within the token's area, else the token's area. */
export function startArea(asked: string | null, top: string): string {
  return asked !== null && tierOf(asked) !== null && isWithin(asked, top) ? asked : top;
}

/** `changed` is called for each new area, whether it was opened here or by the browser's buttons. */
export function openRoute(top: string, changed: (code: string) => void): Route {
  const read = () => startArea(new URLSearchParams(location.search).get('area'), top);
  let current = read();
  const addressOf = (code: string) => {
    const url = new URL(location.href);
    url.searchParams.set('area', code);
    return url;
  };
  history.replaceState(null, '', addressOf(current));
  addEventListener('popstate', () => {
    const code = read();
    if (code === current) return;
    current = code;
    changed(code);
  });
  return {
    current: () => current,
    open: code => {
      if (code === current || !isWithin(code, top)) return;
      current = code;
      history.pushState(null, '', addressOf(code));
      changed(code);
    },
  };
}
