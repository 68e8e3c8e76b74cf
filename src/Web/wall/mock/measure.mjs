// Looks at the built wall in a real browser: takes pictures and measures frames.
// `npm run measure -- --url http://127.0.0.1:5080 --seconds 20 --size 1920x1080 --area 450105 --lang zh --shot wall.png`
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:5080' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    size: { type: 'string', default: '1920x1080' },
    seconds: { type: 'string', default: '10' },
    area: { type: 'string', default: '450105' },
    lang: { type: 'string', default: 'zh' },
    shot: { type: 'string' },
    webgl: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const [width = 1920, height = 1080] = values.size.split('x').map(Number);
const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
const NO_GL = ['--disable-gpu', '--disable-3d-apis'];

const browser = await chromium.launch({
  executablePath: values.browser,
  headless: false,
  args: ['--headless=new', '--no-sandbox', '--disable-sync', ...QUIET, ...(values.webgl ? SOFTWARE_GL : NO_GL)],
});
try {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('pageerror', error => console.error('page error:', error.message));
  await page.goto(`${values.url}/?lang=${values.lang}&area=${values.area}`);
  await page.locator('.signin-users button').first().click();
  await page.waitForFunction(() => window.gridmesh?.state().code !== null && window.gridmesh?.state().map !== 'none');
  await page.waitForTimeout(Number(values.seconds) * 1_000);
  if (values.shot) await page.screenshot({ path: values.shot });
  const measured = await page.evaluate(() => {
    const state = window.gridmesh?.state();
    const stats = window.gridmesh?.stats();
    return { ...stats, map: state?.map, workers: state?.workers, incidents: state?.incidents, at: state?.freshness };
  });
  console.log(JSON.stringify(measured, null, 2));
} finally {
  await browser.close();
}
