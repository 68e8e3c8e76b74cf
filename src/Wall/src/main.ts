import './style/base.css';
import './style/wall.css';
import './style/panels.css';
import './style/map.css';
import './style/pages.css';
import './style/signin.css';
import { chooseLanguage, rememberedLanguage, setLanguage } from './i18n';
import { OpenIdSession } from './openid';
import type { WallConfig } from './protocol';
import { TokenSession } from './signin';
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

async function readConfig(): Promise<WallConfig> {
  for (;;) {
    try {
      const response = await fetch('/wall/config.json', { cache: 'no-store' });
      if (response.ok) return (await response.json()) as WallConfig;
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
