import { HttpTransportType, type HubConnection, HubConnectionBuilder } from '@microsoft/signalr';
import { afterEach, expect, test, vi } from 'vitest';
import { openHub } from './hub';
import type { Session } from './session';

const session = { token: async () => 'token' } as unknown as Session;
const closed = new Error('WebSocket failed to connect.');

/** SignalR's builder with a connection that does not open, and a server that answers plain requests with a status. */
function server(status: number | null) {
  const withUrl = vi.spyOn(HubConnectionBuilder.prototype, 'withUrl');
  const connection = { start: () => Promise.reject(closed) } as unknown as HubConnection;
  vi.spyOn(HubConnectionBuilder.prototype, 'build').mockReturnValue(connection);
  const answer = status === null ? Promise.reject(new TypeError('away')) : Promise.resolve({ status });
  vi.stubGlobal('fetch', () => answer);
  return withUrl;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('[DP14] the hub is one WebSocket without a negotiation, so that any gateway will do', () => {
  const withUrl = server(200);
  openHub(session);
  const options = { skipNegotiation: true, transport: HttpTransportType.WebSockets };
  expect(withUrl.mock.lastCall?.[1]).toMatchObject(options);
});

test('[WA12] a WebSocket that a refused token keeps from opening fails as refused', async () => {
  server(401);
  await expect(openHub(session).start()).rejects.toMatchObject({ statusCode: 401 });
});

test.each([200, 503, null])(
  '[WA12] a WebSocket that fails while the token is good fails as it did: %s',
  async status => {
    server(status);
    await expect(openHub(session).start()).rejects.toBe(closed);
  },
);
