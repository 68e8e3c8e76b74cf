export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words in Chinese and English by their key. */
export type Table = Readonly<Record<string, readonly [zh: string, en: string]>>;

const REMEMBERED_AS = 'gridmesh.lang';
const HTML_LANG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/** Chosen in the address, else remembered, else the first of the browser's languages that we speak, else Chinese. */
export function chooseLanguage(asked: string | null, remembered: string | null, browser: readonly string[]): Language {
  const wanted = [asked, remembered, ...browser].map(tag => tag?.slice(0, 2).toLowerCase());
  return LANGUAGES.find(language => language === wanted.find(tag => isLanguage(tag))) ?? 'zh';
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === 'zh' || tag === 'en';
}

let current: Language = 'zh';
const followers: (() => void)[] = [];

export function language(): Language {
  return current;
}

/** Switches every bound text at once and tells the browser which language the page is in. */
export function setLanguage(next: Language, remember: boolean): void {
  current = next;
  if (remember) localStorage.setItem(REMEMBERED_AS, next);
  document.documentElement.lang = HTML_LANG[next];
  for (const follow of followers) follow();
}

export function rememberedLanguage(): string | null {
  return localStorage.getItem(REMEMBERED_AS);
}

/** Writes now, and whenever the language changes: for what lives as long as the page. */
export function followLanguage(write: () => void): void {
  followers.push(write);
  write();
}

/** The words of one table: each page makes its own of the shared ones and what it says besides. */
export function texts<T extends Table>(table: T) {
  type Key = keyof T & string;

  /** The text for a key; `{0}` is replaced by the argument. */
  function t(key: Key, argument?: string | number): string {
    const text = table[key]?.[current === 'zh' ? 0 : 1] ?? key;
    return argument === undefined ? text : text.replace('{0}', String(argument));
  }

  /** The text for a name that comes from the server, such as `stepHandling`; the name itself when we have none. */
  function tName(prefix: 'step' | 'line' | 'worker' | 'case' | 'loop', name: string): string {
    const key = prefix + name;
    return key in table ? t(key as Key) : name;
  }

  /** Binds an element that lives as long as the page; it follows the language from now on. */
  function bindText<E extends HTMLElement>(element: E, key: Key, attribute: string | null = null): E {
    followLanguage(() => {
      if (attribute === null) element.textContent = t(key);
      else element.setAttribute(attribute, t(key));
    });
    return element;
  }

  return { t, tName, bindText };
}
