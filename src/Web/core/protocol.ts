import type { components } from './generated/api';

// What the gateway says to a page. Bodies of its HTTP are generated of the description of the API (`npm run types`);
// by hand is only what that does not describe: the hub's words and the page's own questions.
type Api = components['schemas'];

export type Step = Api['Step'];

export const LINES = [
  'PartyBuilding',
  'PublicSecurity',
  'CivilAffairs',
  'UrbanManagement',
  'Petitions',
  'Emergency',
  'Epidemic',
] as const satisfies readonly Api['Line'][];
export type Line = Api['Line'];

export type Severity = Api['Severity'];
export type Tier = Api['Tier'];
export type WorkerStatus = Api['WorkerStatus'];
/** WGS84 degrees. */
export type Position = Api['GeoPoint'];
export type Card = Api['IncidentCard'];
export type Category = Pick<Api['CategoryItem'], 'code' | 'name' | 'nameEn' | 'line'>;

/** All that can be counted; a server of before says less of it, and what it leaves out is none. */
type Counts = Api['AreaSummary'];
type CaseCounts = Counts['incidents'];
export type Summary = Pick<Counts, 'workers' | 'patrols' | 'alarms'> &
  Partial<Pick<Counts, 'areas'>> & {
    readonly incidents: Pick<CaseCounts, 'open' | 'overdue' | 'reportedToday' | 'closedToday'> &
      Partial<Pick<CaseCounts, 'major'>> & {
        readonly byStep: Partial<CaseCounts['byStep']>;
        readonly byLine: Partial<CaseCounts['byLine']>;
      };
  };

export type AreaChild = Omit<Api['ChildEntry'], 'summary'> & { readonly summary: Summary };

/** On a wall everybody has been seen somewhere: who has not is in the roster only. */
export type WorkerDot = Readonly<{ id: string; lng: number; lat: number; status: WorkerStatus; at: string }>;

/** An epoch is only ever compared for equality. */
export type Epoch = string | number;

export interface Since {
  readonly epoch: Epoch;
  readonly version: number;
}

/** At most 1,000 cases, the newest, and 5,000 workers. */
export type Snapshot = Omit<Api['AreaSnapshot'], keyof Since | 'summary' | 'children' | 'workers'> &
  Since & {
    readonly summary: Summary;
    readonly children: readonly AreaChild[];
    readonly workers: readonly WorkerDot[];
  };

/** Holds only what changed between the versions `from` and `to`. */
export interface Frame {
  readonly code: string;
  readonly epoch: Epoch;
  readonly from: number;
  readonly to: number;
  readonly at: string;
  readonly summary?: Summary | null;
  readonly children?: readonly AreaChild[] | null;
  readonly incidents?: Delta<Card> | null;
  readonly workers?: Delta<WorkerDot> | null;
}

export interface Delta<T> {
  readonly put?: readonly T[] | null;
  readonly gone?: readonly string[] | null;
}

export type WatchAnswer =
  | { readonly kind: 'snapshot'; readonly area: Snapshot }
  | { readonly kind: 'resumed'; readonly frames: readonly Frame[] };

export type RateName =
  | 'dispatchAccuracy'
  | 'onTime'
  | 'onTimeClosing'
  | 'rework'
  | 'repeat'
  | 'satisfaction'
  | 'patrolCoverage'
  | 'acceptMinutes'
  | 'dispatchMinutes'
  | 'handleMinutes';

/** Sums by name, and the rates formed of them; a rate is null where nothing was counted that it could be formed of. */
export interface KpiFigures {
  readonly counts: Pick<Api['KpiCounts'], 'reported' | 'closed' | 'overdue'>;
  readonly rates: Pick<Api['KpiRates'], RateName>;
}

export type KpiAnswer = Pick<Api['KpiAnswer'], 'from' | 'to'> & {
  /** A part for each hour, day or month in which anything happened. */
  readonly items: readonly (KpiFigures & Pick<Api['KpiPart'], 'start'>)[];
  readonly total: KpiFigures;
  /** The span before, and the same a year earlier; null where its hours are not kept any more. */
  readonly before: KpiFigures | null;
  readonly yearBefore: KpiFigures | null;
};

export type KpiChild = KpiFigures & Pick<Api['KpiChild'], 'code' | 'name'>;

export interface KpiChildren {
  readonly items: readonly KpiChild[];
}

/** Open cases by how long they have been so: up to 7, 15, 30 days, and longer. */
export type OpenCount = Api['OpenCount'];
export type OpenItem = Api['OpenItem'];
export type RepeatItem = Api['RepeatItem'];
export type SharedItem = Api['SharedItem'];
export type ReviewAnswer = Omit<Api['ReviewAnswer'], 'pending'>;

/** Who the server says one is. */
export type Me = Api['MeAnswer'];
export type DevUser = Api['DemoUser'];
export type IssuedToken = Api['TokenAnswer'];

/** RFC 9457, as far as a page reads it. */
export interface Problem {
  readonly code?: string;
  /** Of bad input, by the field's name. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

export interface AreaProperties {
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly parent: string | null;
}

export type AreaShapes = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, AreaProperties>;

export interface PageConfig {
  readonly development: boolean;
  /** People sign in here by name and password. */
  readonly accounts?: boolean;
  readonly mapStyleUrl: string | null;
  readonly serverVersion: string;
  /** People sign in at an issuer of this name; null or absent where they do not. */
  readonly openId?: { readonly title: string | null } | null;
}

export const HUB_PATH = '/hubs/mesh';
export const HUB = { watch: 'Watch', unwatch: 'Unwatch', frame: 'frame', closing: 'closing' } as const;
