import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';

// SignalR's JSON protocol, as much of it as a wall uses: https://github.com/dotnet/aspnetcore (HubProtocol.md).
const END = '\u001e';
const PING_MS = 5_000;
const TYPE = { invocation: 1, completion: 3, ping: 6 };

/**
 * @typedef {{ send(method: string, ...args: unknown[]): void, claims: unknown, watching: Set<string> }} Client
 * @typedef {(client: Client, method: string, args: any[]) => unknown} Invoke
 */

/** What `POST /hubs/mesh/negotiate` answers. */
export function negotiation() {
  return {
    negotiateVersion: 1,
    connectionId: randomUUID(),
    connectionToken: randomUUID(),
    availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }],
  };
}

/**
 * Speaks SignalR on the sockets of an HTTP server.
 * @param {import('node:http').Server} server
 * @param {(url: URL) => unknown} authorise the claims of a caller, or null to refuse
 * @param {Invoke} invoke
 * @returns {Set<Client>} who is connected
 */
export function serveHub(server, authorise, invoke) {
  const clients = /** @type {Set<Client>} */ (new Set());
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const claims = authorise(new URL(request.url ?? '/', 'http://localhost'));
    if (!claims) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return sockets.handleUpgrade(request, socket, head, ws => join(ws, claims, clients, invoke));
  });
  return clients;
}

/** @param {import('ws').WebSocket} ws @param {unknown} claims @param {Set<Client>} clients @param {Invoke} invoke */
function join(ws, claims, clients, invoke) {
  /** @param {object} message */
  const write = message => ws.send(JSON.stringify(message) + END);
  /** @type {Client} */
  const client = {
    claims,
    watching: new Set(),
    send: (target, ...args) => write({ type: TYPE.invocation, target, arguments: args }),
  };
  const pinging = setInterval(() => write({ type: TYPE.ping }), PING_MS);
  let greeted = false;
  ws.on('message', data => {
    for (const text of String(data).split(END).filter(Boolean)) {
      const message = JSON.parse(text);
      if (!greeted) {
        greeted = true;
        clients.add(client);
        ws.send(`{}${END}`);
      } else if (message.type === TYPE.invocation) {
        write(answer(client, message, invoke));
      }
    }
  });
  ws.on('close', () => {
    clearInterval(pinging);
    clients.delete(client);
  });
}

/** @param {Client} client @param {any} message @param {Invoke} invoke */
function answer(client, { invocationId, target, arguments: args }, invoke) {
  try {
    return { type: TYPE.completion, invocationId, result: invoke(client, target, args) ?? null };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const prefix = `An unexpected error occurred invoking '${target}' on the server. HubException: `;
    return { type: TYPE.completion, invocationId, error: prefix + words };
  }
}
