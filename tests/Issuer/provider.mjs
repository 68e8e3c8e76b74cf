// A real OpenID Connect provider (oidc-provider) on a free port, for tests. Who there is, and who may ask, is told by
// PUT and DELETE below /test; all else is the provider's own. It ends with its parent.
import { createServer } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import MemoryAdapter from './node_modules/oidc-provider/lib/adapters/memory_adapter.js';

/** Claims by login. Whoever is taken out is refused from then on, also to refresh. */
const users = new Map();
/** Metadata by id; `ttl` is the life of access tokens in s, `refresh` whether refresh tokens are given. */
const clients = new Map();
let isAway = false;

class Clients {
  async find(id) {
    return clients.get(id)?.metadata;
  }
}

function provider(url) {
  return new Provider(url, {
    adapter: name => (name === 'Client' ? new Clients() : new MemoryAdapter(name)),
    claims: { openid: ['sub'], profile: ['name', 'role', 'groups', 'area', 'lines', 'worker'] },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    findAccount: (_, id) => users.has(id) && { accountId: id, claims: () => ({ sub: id, ...users.get(id) }) },
    issueRefreshToken: (_, client) => clients.get(client.clientId).refresh,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: (_, __, client) => clients.get(client.clientId).ttl,
      Grant: 3_600,
      IdToken: 60,
      Interaction: 600,
      RefreshToken: 3_600,
      Session: 3_600,
    },
  });
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? null : JSON.parse(text);
}

async function take(request, response) {
  const [, , what, id] = request.url.split('/');
  const value = await bodyOf(request);
  if (what === 'away') isAway = request.method === 'PUT';
  else if (request.method === 'DELETE') users.delete(id);
  else if (what === 'users') users.set(id, value);
  else clients.set(id, value);
  response.writeHead(204).end();
}

const server = createServer((request, response) => {
  if (request.url.startsWith('/test/')) take(request, response);
  else if (isAway) response.writeHead(503).end();
  else serve(request, response);
});
let serve = () => undefined;
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const idp = provider(url);
  for (const event of ['server_error', 'grant.error', 'authorization.error', 'backchannel.error'])
    idp.on(event, (_, error) => console.error(event, error instanceof errors.OIDCProviderError ? error.error_detail : error));
  serve = idp.callback();
  console.log(`ready ${url}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
