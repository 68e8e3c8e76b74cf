import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Hub } from './connection';
import { HUB_PATH } from './protocol';
import { authorization, type Session } from './session';

/**
 * A SignalR connection that leaves reconnecting to us: it must ask for the area again, and never give up. It opens its
 * WebSocket at once: a negotiation is a request of its own, and behind a balancer it could meet another gateway.
 */
export function openHub(session: Session): Hub {
  const hub = new HubConnectionBuilder()
    .withUrl(HUB_PATH, {
      accessTokenFactory: () => session.token(),
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    })
    .configureLogging(LogLevel.None)
    .build();
  const open = hub.start.bind(hub);
  return Object.assign(hub, {
    start: () =>
      open().catch(async (error: unknown) => {
        throw (await refusalOf(session)) ?? error;
      }),
  });
}

/** A WebSocket that is refused does not say why in a browser; a plain request with the same token does. */
async function refusalOf(session: Session): Promise<Error | null> {
  const headers = authorization(await session.token());
  const response = await fetch('/api/v1/categories', { headers }).catch(() => null);
  return response?.status === 401 ? Object.assign(new Error('The token is refused'), { statusCode: 401 }) : null;
}
