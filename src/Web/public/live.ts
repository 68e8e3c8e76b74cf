import { timeOf } from '../core/china';
import { ask, saying, sayLost, show } from './page';

/** The server that is away is asked again this often. */
const AWAY_RETRY_S = 5;

/** A page that may change is asked for again, as long as somebody looks at it and is not writing on it. */
export function watchLive(changed: () => void): void {
  let seen = Date.now();
  let away = false;

  const again = async () => {
    if (secondsOf() !== null && document.visibilityState === 'visible' && !isWriting()) {
      const here = location.href;
      try {
        const { page } = await ask(here);
        if (here === location.href && !isWriting()) {
          if (textOf(page) !== textOf(document)) {
            show(page);
            changed();
          }
          seen = Date.now();
          away = false;
          sayLost(null);
        }
      } catch {
        away = true;
        sayLost(saying('old').replace('{0}', timeOf(seen)));
      }
    }
    setTimeout(again, (away ? AWAY_RETRY_S : (secondsOf() ?? AWAY_RETRY_S)) * 1_000);
  };
  setTimeout(again, (secondsOf() ?? AWAY_RETRY_S) * 1_000);
}

function secondsOf(): number | null {
  const live = document.querySelector('main')?.dataset.live;
  return live ? Number(live) : null;
}

function textOf(page: Document): string {
  return page.querySelector('main')?.textContent ?? '';
}

/** A form that was touched is left alone. */
function isWriting(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('main form :is(input, textarea)');
  return [...fields].some(field =>
    field instanceof HTMLInputElement && field.type === 'radio'
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue,
  );
}
