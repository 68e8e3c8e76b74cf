// What the gateway says to a wall. One file for the whole outside contract; see "Snapshot", "Summary" and "SignalR".

export const STEPS_OPEN = ['Reported', 'Dispatched', 'Handling', 'Returned', 'Inspecting', 'Feedback'] as const;
export type OpenStep = (typeof STEPS_OPEN)[number];
export type Step = OpenStep | 'Closed' | 'Evaluated' | 'Rejected' | 'Merged';

export const LINES = [
  'PartyBuilding',
  'PublicSecurity',
  'CivilAffairs',
  'UrbanManagement',
  'Petitions',
  'Emergency',
  'Epidemic',
] as const;
export type Line = (typeof LINES)[number];

export type Severity = 'Normal' | 'Urgent' | 'Major';
export type Tier = 'Province' | 'City' | 'District' | 'Town' | 'Community' | 'Grid';
export type WorkerStatus = 'OnDuty' | 'OffDuty' | 'Silent';

/** WGS84 degrees. */
export interface Position {
  readonly lng: number;
  readonly lat: number;
}

export interface Summary {
  readonly incidents: {
    readonly open: number;
    /** The open steps only; a step that is absent has none. Its sum is `open`. */
    readonly byStep: Readonly<Partial<Record<OpenStep, number>>>;
    /** A line that is absent has none. Its sum is `open`. */
    readonly byLine: Readonly<Partial<Record<Line, number>>>;
    readonly overdue: number;
    /** Open cases of severity Major. A server of before says nothing of it. */
    readonly major?: number;
    readonly reportedToday: number;
    readonly closedToday: number;
  };
  readonly workers: { readonly total: number; readonly onDuty: number };
  readonly patrols: { readonly due: number; readonly done: number; readonly missed: number };
  readonly alarms: { readonly open: number };
  /** Areas that cannot be woken: what they count is missing here, or stale. A server of before says nothing of it. */
  readonly areas?: { readonly absent: number };
}

export interface Card {
  readonly id: string;
  readonly grid: string;
  readonly step: Step;
  readonly version: number;
  readonly category: string;
  readonly line: Line;
  readonly severity: Severity;
  readonly position: Position | null;
  /** ISO 8601 with zone. */
  readonly reportedAt: string;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly owner: string | null;
  /** The code of the area at whose desk the case lies. */
  readonly desk: string;
}

export interface WorkerDot {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
  readonly status: WorkerStatus;
  readonly at: string;
}

export interface AreaChild {
  readonly code: string;
  readonly name: string;
  readonly summary: Summary;
}

/** An epoch is only ever compared for equality. */
export type Epoch = string | number;

export interface Since {
  readonly epoch: Epoch;
  readonly version: number;
}

export interface Snapshot extends Since {
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly parent: string | null;
  readonly at: string;
  readonly summary: Summary;
  readonly children: readonly AreaChild[];
  /** At most 1,000, the newest. */
  readonly incidents: readonly Card[];
  /** At most 5,000. */
  readonly workers: readonly WorkerDot[];
}

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

export interface Category {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly line: Line;
}

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
  readonly counts: Readonly<Record<'reported' | 'closed' | 'overdue', number>>;
  readonly rates: Readonly<Record<RateName, number | null>>;
}

export interface KpiAnswer {
  readonly from: string;
  readonly to: string;
  /** A part for each hour, day or month in which anything happened. */
  readonly items: readonly (KpiFigures & { readonly start: string })[];
  readonly total: KpiFigures;
  /** The span before, and the same a year earlier; null where its hours are not kept any more. */
  readonly before: KpiFigures | null;
  readonly yearBefore: KpiFigures | null;
}

export interface KpiChild extends KpiFigures {
  readonly code: string;
  readonly name: string;
}

export interface KpiChildren {
  readonly items: readonly KpiChild[];
}

/** Open cases by how long they have been so: up to 7, 15, 30 days, and longer. */
export interface OpenCount {
  readonly category: string;
  readonly week: number;
  readonly fortnight: number;
  readonly month: number;
  readonly longer: number;
}

export interface OpenItem {
  readonly id: string;
  readonly category: string;
  readonly grid: string;
  readonly step: Step;
  readonly owner: string | null;
  readonly reportedAt: string;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly daysOpen: number;
}

export interface RepeatItem {
  readonly grid: string;
  readonly category: string;
  readonly cases: number;
  readonly inSpot: number;
  readonly spot: Position | null;
  readonly isSpot: boolean;
}

export interface SharedItem {
  readonly category: string;
  readonly cases: number;
  readonly children: readonly { readonly code: string; readonly cases: number }[];
}

export interface ReviewAnswer {
  readonly area: string;
  readonly from: string;
  readonly to: string;
  readonly open: {
    readonly count: number;
    readonly ages: OpenCount;
    readonly categories: readonly OpenCount[];
    /** At most 100. */
    readonly oldest: readonly OpenItem[];
  };
  /** At most 100, most first. */
  readonly repeats: readonly RepeatItem[];
  /** At most 100. */
  readonly shared: readonly SharedItem[];
}

/** RFC 9457, as far as the wall reads it. */
export interface Problem {
  readonly code?: string;
}

export interface AreaProperties {
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly parent: string | null;
}

export type AreaShapes = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, AreaProperties>;

export interface WallConfig {
  readonly development: boolean;
  readonly mapStyleUrl: string | null;
  readonly serverVersion: string;
  /** People sign in at an issuer of this name; null or absent where they do not. */
  readonly openId?: { readonly title: string | null } | null;
}

/** Who the server says one is. */
export interface Me {
  readonly name: string;
  readonly role: string;
  readonly area: string;
  readonly expiresAt: string;
}

export interface DevUser {
  readonly label: string;
  readonly labelEn: string;
  readonly role: string;
  readonly area: string;
  readonly worker: string | null;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string;
}

export const HUB_PATH = '/hubs/mesh';
export const HUB = { watch: 'Watch', unwatch: 'Unwatch', frame: 'frame', closing: 'closing' } as const;
