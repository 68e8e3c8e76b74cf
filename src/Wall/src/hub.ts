import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Hub } from './connection';
import { HUB_PATH } from './protocol';
import type { Session } from './signin';

/** A SignalR connection that leaves reconnecting to us: it must ask for the area again, and never give up. */
export function openHub(session: Session): Hub {
  return new HubConnectionBuilder()
    .withUrl(HUB_PATH, { accessTokenFactory: () => session.token() })
    .configureLogging(LogLevel.None)
    .build();
}
