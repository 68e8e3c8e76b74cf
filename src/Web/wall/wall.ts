import { Api } from '../core/api';
import { pathTo } from '../core/code';
import { Connection, type LinkState, type Timing } from '../core/connection';
import { el } from '../core/dom';
import { openHub } from '../core/hub';
import { Names } from '../core/names';
import type { PageConfig, Snapshot } from '../core/protocol';
import type { Session } from '../core/session';
import { type AreaState, applyFrame, applySnapshot, sinceOf } from '../core/store';
import { Board, type Shown } from './board';
import { FrameClock } from './frame';
import { Pages } from './pages';
import { type Freshness, freshness } from './panels/staleness';
import { openRoute, type Route } from './route';
import { Stage } from './stage';
import { t } from './texts';

/** How long the wall says that an area was refused. */
const NOTICE_MS = 6_000;

/** The whole wall: one state, one connection, one clock; the panels only ever read. */
export class Wall implements Shown {
  readonly root = el('main', { class: 'wall' });
  readonly clock = new FrameClock(callback => requestAnimationFrame(callback));
  readonly names = new Names();
  private readonly api: Api;
  readonly route: Route;
  private readonly connection: Connection;
  private readonly stage: Stage;
  private readonly notice = el('div', { class: 'notice', role: 'alert' });
  state: AreaState | null = null;
  private link: { state: LinkState; attempt: number } = { state: 'connecting', attempt: 0 };
  private heardAt: number | null = null;
  private arrivalAgeMs = 0;
  private hasCategories = false;
  private readonly board: Board;
  private readonly pages: Pages;

  constructor(
    session: Session,
    private readonly config: PageConfig,
    readonly top: string,
    timing: Timing,
  ) {
    this.api = new Api(session);
    this.route = openRoute(top, { moved: code => this.opened(code), turned: () => this.pages.went() });
    this.stage = new Stage(
      this.api,
      this.names,
      top,
      () => this.state,
      code => this.route.open(code),
    );
    this.connection = new Connection(
      () => openHub(session),
      {
        held: () => sinceOf(this.state),
        snapshot: area => this.replaced(area),
        frame: frame => this.framed(frame),
        heard: () => {
          this.heardAt = performance.now();
        },
        link: (state, attempt) => {
          this.link = { state, attempt };
        },
        refused: code => this.refused(code),
        unauthorized: async () => {
          session.reject();
          await session.token();
        },
      },
      timing,
    );
    this.pages = new Pages(this.api, this, timing);
    this.board = new Board(session, this, this.stage, this.pages);
    this.notice.hidden = true;
    this.root.append(...this.board.parts, this.notice);
  }

  async start(): Promise<void> {
    this.clock.start();
    this.opened(this.route.current());
    void this.connection.run();
    const live = this.clock.only(() => this.route.page() === 'live');
    await this.stage.load(live, this.config.mapStyleUrl);
  }

  /** For tests and for whoever wonders: what the wall knows right now. */
  inspect() {
    const { state } = this;
    return {
      area: this.route.current(),
      page: this.route.page(),
      code: state?.code ?? null,
      tier: state?.tier ?? null,
      epoch: state?.epoch ?? null,
      version: state?.version ?? null,
      at: state?.at ?? null,
      summary: state?.summary ?? null,
      children: state?.children.size ?? 0,
      incidents: state?.incidents.size ?? 0,
      workers: state?.workers.size ?? 0,
      freshness: this.freshness(performance.now()),
      map: this.stage.kind,
    };
  }

  freshness(now: number): Freshness {
    return freshness(this.link.state, this.link.attempt, this.heardAt, now);
  }

  fps(): number {
    return this.clock.fps();
  }

  stats() {
    return { ...this.clock.stats(), ...this.connection.counts, fps: this.clock.fps(), arrivalAgeMs: this.arrivalAgeMs };
  }

  /** The wall goes to another area. What it showed is gone at once: old numbers under a new name would be a lie. */
  private opened(code: string): void {
    this.state = null;
    this.heardAt = null;
    this.board.repaint();
    this.pages.went();
    this.connection.watch(code);
    this.fetchMissing();
  }

  /** What the hub does not bring: shapes, categories, names of the areas above. What fails is tried again later. */
  private fetchMissing(): void {
    const later = () => undefined;
    const code = this.route.current();
    this.stage.show(code).then(() => this.named(), later);
    if (!this.hasCategories) {
      this.api.categories().then(categories => {
        this.hasCategories = true;
        this.names.learnCategories(categories);
        this.named();
        this.board.dirty.incidents();
      }, later);
    }
    for (const step of pathTo(code, this.top).slice(0, -1)) {
      if (this.names.knows(step)) continue;
      this.api.area(step).then(area => {
        this.names.learnArea(area);
        this.named();
      }, later);
    }
  }

  private replaced(area: Snapshot): void {
    if (area.code !== this.route.current()) return;
    this.state = applySnapshot(area);
    this.names.learnArea(area);
    this.fetchMissing();
    this.stage.replaced(performance.now());
    this.board.repaint();
    this.pages.repaint();
  }

  /** Something has got a name. */
  private named(): void {
    this.board.dirty.place();
    this.pages.repaint();
  }

  private framed(frame: Parameters<typeof applyFrame>[1]): boolean {
    if (!this.state) return false;
    const result = applyFrame(this.state, frame);
    if (result.kind === 'resumeNeeded') return false;
    if (result.kind === 'old') return true;
    this.state = result.state;
    this.arrivalAgeMs = Date.now() - Date.parse(frame.at);
    this.board.changed(result.change);
    this.stage.changed(result.change, performance.now());
    return true;
  }

  private refused(code: string): void {
    this.notice.textContent = `${t('refused')} (${code})`;
    this.notice.hidden = false;
    setTimeout(() => {
      this.notice.hidden = true;
    }, NOTICE_MS);
    if (code !== this.top) this.route.open(this.top);
  }
}
