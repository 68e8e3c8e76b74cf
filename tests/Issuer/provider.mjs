// A real OpenID Connect provider (oidc-provider) on a free port, for tests. Who there is, and who may ask, is told by
// PUT and DELETE below /test; all else is the provider's own. It ends with its parent.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import MemoryAdapter from './node_modules/oidc-provider/lib/adapters/memory_adapter.js';

/** Claims by login. Whoever is taken out is refused from then on, also to refresh. */
const users = new Map();
/** By id: `url` and `secret` of the product, `ttl` of access tokens in s, and whether there are refresh tokens. */
const clients = new Map();
/** What signs; told to whoever makes tokens of it as another client would. */
const key = {
  ...generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' }),
  kid: 'test',
  alg: 'RS256',
  use: 'sig',
};
let isAway = false;

class Clients {
  async find(id) {
    const client = clients.get(id);
    return (
      client && {
        client_id: id,
        client_secret: client.secret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${client.url}/auth/openid/callback`],
        post_logout_redirect_uris: [`${client.url}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        backchannel_logout_uri: `${client.url}/auth/openid/logout`,
        backchannel_logout_session_required: true,
      }
    );
  }
}

function provider(url) {
  return new Provider(url, {
    adapter: name => (name === 'Client' ? new Clients() : new MemoryAdapter(name)),
    claims: { openid: ['sub'], profile: ['name', 'role', 'groups', 'area', 'lines', 'worker'] },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    // Its own would not speak to this machine.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    findAccount: (_, id) => users.get(id) && { accountId: id, claims: () => ({ sub: id, ...users.get(id) }) },
    jwks: { keys: [key] },
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
  if (what === 'key') return response.writeHead(200).end(JSON.stringify(key));
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
