import './style/base.css';
import './style/wall.css';
import './style/panels.css';
import './style/map.css';
import './style/pages.css';
import '../core/signin.css';
import { chooseLanguage, followLanguage, rememberedLanguage, setLanguage } from '../core/i18n';
import { OpenIdSession } from '../core/openid';
import type { PageConfig } from '../core/protocol';
import { TokenSession } from '../core/signin';
import { t } from './texts';
import { Wall } from './wall';

/** Until the server answers for the first time it is asked again this often. */
const CONFIG_RETRY_MS = 2_000;

declare global {
  interface Window {
    gridmesh?: {
      state(): ReturnType<Wall['inspect']>;
      fps(): number;
      stats(): ReturnType<Wall['stats']>;
    };
  }
}

async function readConfig(): Promise<PageConfig> {
  for (;;) {
    try {
      const response = await fetch('/config.json', { cache: 'no-store' });
      if (response.ok) return (await response.json()) as PageConfig;
    } catch {
      // The server is not up yet. A wall that is switched on first waits for it.
    }
    await pause(CONFIG_RETRY_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

async function main(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang');
  setLanguage(chooseLanguage(asked, rememberedLanguage(), navigator.languages), false);
  followLanguage(() => {
    document.title = t('title');
  });
  const config = await readConfig();
  const session = config.openId
    ? new OpenIdSession(config.openId.title, document.body, () => Date.now())
    : new TokenSession(config, document.body, () => Date.now());
  while ((await session.token().catch(() => null)) === null) await pause(CONFIG_RETRY_MS);
  const top = session.claims()?.area;
  if (top === undefined) return session.signOut();
  const wall = new Wall(session, config, top, { pause, random: Math.random });
  document.querySelector('.boot')?.remove();
  document.body.prepend(wall.root);
  window.gridmesh = Object.freeze({
    state: () => wall.inspect(),
    fps: () => wall.fps(),
    stats: () => wall.stats(),
  });
  await wall.start();
}

void main();
