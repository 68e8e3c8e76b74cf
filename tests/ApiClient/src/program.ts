import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import createClient from 'openapi-fetch';
import type { components, paths } from '../generated/v1.js';

type Case = components['schemas']['IncidentView'];
type Entry = components['schemas']['HistoryEntry'];

const [url = '', grid = ''] = process.argv.slice(2);

function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`${what} is missing`);
  return value;
}

/** What an entry says, by its type: each has its own fields. */
function say(entry: Entry): string {
  switch (entry.type) {
    case 'IncidentReported':
      return `${entry.seq} ${entry.category} ${entry.severity}`;
    case 'IncidentDispatched':
      return `${entry.seq} ${entry.owner} ${entry.acceptDue}`;
    default:
      return `${entry.seq} ${entry.type} ${entry.by}`;
  }
}

async function signIn(role: components['schemas']['TokenBody']['role']) {
  const { data } = await createClient<paths>({ baseUrl: url }).POST('/dev/tokens', {
    body: { role, area: grid.slice(0, 6) },
  });
  return must(data, 'the token').token;
}

async function report(token: string): Promise<Case> {
  const api = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });
  const made = await api.POST('/api/v1/incidents', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: { category: 'litter', description: '垃圾堆放', grid, severity: 'Urgent' },
  });
  const incident = must(made.data, 'the case');
  const page = await api.GET('/api/v1/incidents', {
    params: { query: { step: ['Reported', 'Dispatched'], limit: 5, from: '2026-01-01' } },
    querySerializer: { array: { style: 'form', explode: false } },
  });
  must(page.data?.items[0]?.step, 'the first case of the page');
  const refused = await api.POST('/api/v1/incidents/{id}/accept', {
    params: { path: { id: incident.id } },
    body: {},
  });
  switch (refused.error?.code) {
    case 'OnlyDispatchedCanBeAccepted':
      return incident;
    case 'CaseNotFound':
    case 'OnlyTheOwnerMay':
      throw new Error(`refused with another code: ${refused.error.code}`);
    default:
      throw new Error('not refused');
  }
}

async function watch(token: string, transport: HttpTransportType): Promise<void> {
  const hub = new HubConnectionBuilder()
    .withUrl(`${url}/hubs/mesh`, { accessTokenFactory: () => token, transport })
    .configureLogging(LogLevel.None)
    .build();
  await hub.start();
  const answer = await hub.invoke<{ kind: string }>('Watch', grid);
  if (answer.kind !== 'snapshot') throw new Error(`Watch answers ${answer.kind}`);
  for (const [code, call] of [
    ['AreaIsOutsideYourOwn', () => hub.invoke('Watch', '110101')],
    ['RoleMayNot', () => hub.invoke('Position', 108.3, 22.8, new Date().toISOString())],
    ['ValidationFailed', () => hub.invoke('Watch', 7)],
    ['RouteNotFound', () => hub.invoke('Nothing')],
  ] as const) {
    const refusal = await call().then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    if (!refusal.startsWith(`${code}: `)) throw new Error(`${code} is told as: ${refusal}`);
  }
  await hub.stop();
}

const incident = await report(await signIn('dispatcher'));
console.log(incident.history.map(say).join('\n'));
const viewer = await signIn('viewer');
for (const transport of [
  HttpTransportType.WebSockets,
  HttpTransportType.ServerSentEvents,
  HttpTransportType.LongPolling,
]) {
  await watch(viewer, transport);
  console.log(`watched by ${HttpTransportType[transport]}`);
}
