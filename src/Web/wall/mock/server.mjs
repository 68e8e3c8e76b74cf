// A stand-in for the gateway, to work on the wall without the mesh: `npm run mock -- --cases 5 --port 5080`.
// Kill it and start it again to watch the wall reconnect. It checks no signature: it must never face a network.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Channel } from './channel.mjs';
import { buildDistrict, CATEGORIES, shapesOf, TOP } from './district.mjs';
import { negotiation, serveHub } from './hub.mjs';
import { Life } from './life.mjs';
import { kpisOf, kpisOfChildren, reviewOf } from './pages.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '3' },
    port: { type: 'string', default: '5080' },
    production: { type: 'boolean', default: false },
  },
});
const casesPerSecond = Number(values.cases);
const FRAME_MS = 250;
const TOKEN_S = 3_600;
const BUILT = fileURLToPath(new URL('../../../Gateway/wwwroot', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const USERS = [
  { label: '区指挥中心', labelEn: 'District command centre', role: 'supervisor', area: TOP, worker: null },
  { label: '街道分中心', labelEn: 'Subdistrict sub-centre', role: 'dispatcher', area: `${TOP}001`, worker: null },
  { label: '社区管理站', labelEn: 'Community station', role: 'lead', area: `${TOP}001003`, worker: null },
  { label: '只读大屏', labelEn: 'Read-only wall', role: 'viewer', area: TOP, worker: null },
];

const areas = buildDistrict();
const life = new Life(areas);
const epoch = String(Date.now());
const channels = /** @type {Map<string, Channel>} */ (new Map());

/** @param {string} code */
function channelOf(code) {
  const held = channels.get(code);
  if (held) return held;
  const channel = new Channel(code, epoch, life);
  channels.set(code, channel);
  return channel;
}

/** @param {string | null | undefined} token */
function claimsOf(token) {
  try {
    const claims = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());
    return claims.exp > Date.now() / 1_000 ? claims : null;
  } catch {
    return null;
  }
}

/** @param {{ role: string, area: string }} user */
function issue({ role, area }) {
  const exp = Math.floor(Date.now() / 1_000) + TOKEN_S;
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ sub: 'mock', name: role, role, area, exp })}.mock`;
  return { token, expiresAt: new Date(exp * 1_000).toISOString() };
}

/** @param {URL} url @param {string} body @returns {unknown} undefined for what there is not */
function route({ pathname, searchParams }, body) {
  if (pathname === '/config.json') {
    return { development: !values.production, mapStyleUrl: null, serverVersion: 'mock' };
  }
  if (pathname === '/dev/users') return USERS;
  if (pathname === '/dev/tokens') return issue(JSON.parse(body));
  if (pathname === '/hubs/mesh/negotiate') return negotiation();
  if (pathname === '/api/v1/categories') return CATEGORIES;
  if (pathname === '/api/v1/areas.geojson') {
    const area = areas.get(searchParams.get('within') ?? '');
    return area && shapesOf(area.children.length > 0 ? area.children : [area]);
  }
  if (pathname.startsWith('/api/v1/kpis')) {
    const area = areas.get(searchParams.get('area') ?? '');
    return area && (pathname.endsWith('/children') ? kpisOfChildren(area) : kpisOf(area, searchParams));
  }
  const [, code, rest] = /^\/api\/v1\/areas\/(\d+)\/?(children|review)?$/.exec(pathname) ?? [];
  const asked = areas.get(code ?? '');
  if (code === undefined || asked === undefined) return undefined;
  if (rest === 'review') return reviewOf(asked);
  const snapshot = channelOf(code).snapshot();
  return rest ? snapshot.children : snapshot;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  let body = '';
  for await (const chunk of request) body += chunk;
  const guarded = url.pathname.startsWith('/api/') || url.pathname.startsWith('/hubs/');
  const token = request.headers.authorization?.slice('Bearer '.length) ?? url.searchParams.get('access_token');
  if (guarded && !claimsOf(token)) return response.writeHead(401).end();
  const answer = route(url, body);
  if (answer !== undefined) {
    return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }
  return file(url.pathname, response);
});

/** @param {string} path @param {import('node:http').ServerResponse} response */
async function file(path, response) {
  const name = path === '/' ? '/wall/index.html' : normalize(path);
  try {
    const content = await readFile(join(BUILT, name));
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(name))] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type }).end(content);
  } catch {
    return response.writeHead(404).end();
  }
}

const clients = serveHub(
  server,
  url => claimsOf(url.searchParams.get('access_token')),
  (client, method, [code, since]) => {
    const { area } = /** @type {{ area: string }} */ (client.claims);
    if (method === 'Unwatch') return client.watching.delete(code);
    if (method !== 'Watch') throw new Error(`UnknownMethod: ${method}`);
    if (!String(code).startsWith(area) || !areas.has(code)) throw new Error('OutsideYourArea: not yours to see');
    client.watching.add(code);
    return channelOf(code).watch(since);
  },
);

setInterval(() => {
  const touched = life.step(FRAME_MS / 1_000, casesPerSecond);
  for (const channel of channels.values()) {
    const frame = channel.next(touched);
    if (!frame) continue;
    for (const client of clients) if (client.watching.has(channel.code)) client.send('frame', frame);
  }
}, FRAME_MS);

server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`mock of the mesh on http://127.0.0.1:${values.port} with ${casesPerSecond} cases/s`);
});
