import { isWithin, tierOf } from '../core/code';

/** What the wall shows of an area: what happens now, the indices, the list of the regular review. */
export const PAGES = ['live', 'indices', 'review'] as const;
export type Page = (typeof PAGES)[number];

/** Where the wall stands, kept in the address, so that the browser's back leads up again and a link leads there. */
export interface Route {
  current(): string;
  page(): Page;
  /** Goes to another area, or page, or both; a step of the browser's history. */
  open(code: string, page?: Page): void;
}

/** What becomes of a step, whether it was made here or by the browser's buttons. */
export interface RouteEvents {
  /** Another area, perhaps on another page too. */
  moved(code: string): void;
  /** Another page of the same area. */
  turned(): void;
}

/** The area to start with: the one asked for, if it is a code within the token's area, else the token's area. */
export function startArea(asked: string | null, top: string): string {
  return asked !== null && tierOf(asked) !== null && isWithin(asked, top) ? asked : top;
}

/** The page to start with: the one asked for, if there is such a one, else the live one. */
export function startPage(asked: string | null): Page {
  return PAGES.find(page => page === asked) ?? 'live';
}

/** The address of an area and a page; the live page is what an address without one leads to. */
export function addressOf(here: string, code: string, page: Page): string {
  const url = new URL(here);
  url.searchParams.set('area', code);
  if (page === 'live') url.searchParams.delete('page');
  else url.searchParams.set('page', page);
  return url.href;
}

export function openRoute(top: string, events: RouteEvents): Route {
  const read = () => {
    const asked = new URLSearchParams(location.search);
    return { code: startArea(asked.get('area'), top), page: startPage(asked.get('page')) };
  };
  let current = read();
  const become = (next: typeof current) => {
    const former = current;
    current = next;
    if (next.code !== former.code) events.moved(next.code);
    else if (next.page !== former.page) events.turned();
  };
  history.replaceState(null, '', addressOf(location.href, current.code, current.page));
  addEventListener('popstate', () => become(read()));
  return {
    current: () => current.code,
    page: () => current.page,
    open: (code, page = current.page) => {
      if ((code === current.code && page === current.page) || !isWithin(code, top)) return;
      history.pushState(null, '', addressOf(location.href, code, page));
      become({ code, page });
    },
  };
}
