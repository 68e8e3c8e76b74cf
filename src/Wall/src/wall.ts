import { Api } from './api';
import { pathTo } from './code';
import { Connection, type LinkState, type Timing } from './connection';
import { el } from './dom';
import { FrameClock } from './frame';
import { Header } from './header';
import { openHub } from './hub';
import { t } from './i18n';
import { Names } from './names';
import { Breadcrumb } from './panels/breadcrumb';
import { FeedPanel } from './panels/feed';
import { FunnelPanel } from './panels/funnel';
import { LinesPanel } from './panels/lines';
import { RankingPanel } from './panels/ranking';
import { RosterPanel } from './panels/roster';
import { freshness, StalenessPanel } from './panels/staleness';
import { TilesPanel } from './panels/tiles';
import type { Category, Snapshot, WallConfig } from './protocol';
import { openRoute, type Route } from './route';
import type { Session } from './signin';
import { Stage } from './stage';
import { type AreaState, applyFrame, applySnapshot, type Change, sinceOf } from './store';

/** Nobody reads numbers faster than this, lists less still. */
const NUMBERS_EVERY_MS = 200;
const CHARTS_EVERY_MS = 1_000;
const LISTS_EVERY_MS = 500;
/** Ages and the clock go on without any news. */
const SECOND_HAND_MS = 250;
const AGES_EVERY_MS = 1_000;
const NOTICE_MS = 6_000;

/** The whole wall: one state, one connection, one clock; the panels only ever read. */
export class Wall {
  readonly root = el('main', { class: 'wall' });
  private readonly clock = new FrameClock(callback => requestAnimationFrame(callback));
  private readonly names = new Names();
  private readonly api: Api;
  private readonly route: Route;
  private readonly connection: Connection;
  private readonly stage: Stage;
  private readonly notice = el('div', { class: 'notice', role: 'alert' });
  private state: AreaState | null = null;
  private link: { state: LinkState; attempt: number } = { state: 'connecting', attempt: 0 };
  private heardAt: number | null = null;
  private arrivalAgeMs = 0;
  private hasCategories = false;
  private categoriesCame: (categories: Category[]) => void = () => {};
  private dirty = { summary: () => {}, children: () => {}, incidents: () => {}, workers: () => {}, place: () => {} };

  constructor(
    private readonly session: Session,
    private readonly config: WallConfig,
    private readonly top: string,
    timing: Timing,
  ) {
    this.api = new Api(session);
    this.route = openRoute(top, code => this.opened(code));
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
    this.build();
  }

  async start(): Promise<void> {
    this.clock.start();
    this.opened(this.route.current());
    void this.connection.run();
    await this.stage.load(this.clock, this.config.mapStyleUrl);
  }

  /** For tests and for whoever wonders: what the wall knows right now. */
  inspect() {
    const { state, heardAt, link } = this;
    const fresh = freshness(link.state, link.attempt, heardAt, performance.now());
    return {
      area: this.route.current(),
      code: state?.code ?? null,
      tier: state?.tier ?? null,
      epoch: state?.epoch ?? null,
      version: state?.version ?? null,
      at: state?.at ?? null,
      summary: state?.summary ?? null,
      children: state?.children.size ?? 0,
      incidents: state?.incidents.size ?? 0,
      workers: state?.workers.size ?? 0,
      freshness: fresh,
      map: this.stage.kind,
    };
  }

  fps(): number {
    return this.clock.fps();
  }

  stats() {
    return { ...this.clock.stats(), ...this.connection.counts, fps: this.clock.fps(), arrivalAgeMs: this.arrivalAgeMs };
  }

  private build(): void {
    const wallTime = () => Date.now();
    const open = (code: string) => this.route.open(code);
    const tiles = new TilesPanel();
    const funnel = new FunnelPanel();
    const lines = new LinesPanel();
    const feed = new FeedPanel(grid => this.names.place(grid), wallTime);
    const roster = new RosterPanel(wallTime);
    const staleness = new StalenessPanel(this.root);
    const breadcrumb = new Breadcrumb(open, code => this.names.of(code));
    const header = new Header(this.session, breadcrumb, staleness, () => this.clock.dirtyAll());
    let ranks = () => {};
    const ranking = new RankingPanel(
      open,
      code => this.stage.highlight(code),
      () => ranks(),
    );
    this.notice.hidden = true;
    this.root.append(
      header.root,
      el('div', { class: 'left' }, tiles.root, funnel.root, lines.root),
      this.stage.root,
      el('div', { class: 'right' }, ranking.root, roster.root, feed.root),
      staleness.banner,
      this.notice,
    );
    const panel = (paint: (state: AreaState | null) => void, everyMs: number) =>
      this.clock.add(() => {
        paint(this.state);
        return false;
      }, everyMs);
    const numbers = panel(state => tiles.paint(state), NUMBERS_EVERY_MS);
    const shape = panel(state => funnel.paint(state), CHARTS_EVERY_MS);
    const bars = panel(state => lines.paint(state), CHARTS_EVERY_MS);
    const cases = panel(state => feed.paint(state), LISTS_EVERY_MS);
    const people = panel(state => roster.paint(state), LISTS_EVERY_MS);
    ranks = panel(state => ranking.paint(state), LISTS_EVERY_MS);
    const place = panel(() => {
      breadcrumb.paint(this.route.current(), this.top);
      this.root.dataset.tier = this.state?.tier ?? '';
      this.root.classList.toggle('is-loading', this.state === null);
    }, 0);
    this.clock.add(now => {
      staleness.paint(freshness(this.link.state, this.link.attempt, this.heardAt, now));
      header.paintClock(new Date(wallTime()));
      return true;
    }, SECOND_HAND_MS);
    // Ages in the lists grow without any news.
    this.clock.add(() => {
      cases();
      people();
      return true;
    }, AGES_EVERY_MS);
    const summary = () => {
      numbers();
      shape();
      bars();
    };
    this.dirty = { summary, children: ranks, incidents: cases, workers: people, place };
    void funnel.load(shape);
    void lines.load(bars);
    this.categoriesCame = categories => {
      feed.know(categories);
      cases();
    };
  }

  /** The wall goes to another area. What it showed is gone at once: old numbers under a new name would be a lie. */
  private opened(code: string): void {
    this.state = null;
    this.heardAt = null;
    this.repaint();
    this.connection.watch(code);
    this.fetchMissing();
  }

  /** What the hub does not bring: shapes, categories, names of the areas above. What fails is tried again later. */
  private fetchMissing(): void {
    const later = () => undefined;
    const code = this.route.current();
    this.stage.show(code).then(this.dirty.place, later);
    if (!this.hasCategories) {
      this.api.categories().then(categories => {
        this.hasCategories = true;
        this.categoriesCame(categories);
      }, later);
    }
    for (const step of pathTo(code, this.top).slice(0, -1)) {
      if (this.names.knows(step)) continue;
      this.api.area(step).then(area => {
        this.names.learnArea(area);
        this.dirty.place();
      }, later);
    }
  }

  private replaced(area: Snapshot): void {
    if (area.code !== this.route.current()) return;
    this.state = applySnapshot(area);
    this.names.learnArea(area);
    this.fetchMissing();
    this.stage.replaced(performance.now());
    this.repaint();
  }

  private framed(frame: Parameters<typeof applyFrame>[1]): boolean {
    if (!this.state) return false;
    const result = applyFrame(this.state, frame);
    if (result.kind === 'resumeNeeded') return false;
    if (result.kind === 'old') return true;
    this.state = result.state;
    this.arrivalAgeMs = Date.now() - Date.parse(frame.at);
    this.touch(result.change);
    return true;
  }

  private touch(change: Change): void {
    if (change.summary) this.dirty.summary();
    if (change.children) this.dirty.children();
    if (change.incidents) this.dirty.incidents();
    if (change.workers) this.dirty.workers();
    this.stage.changed(change, performance.now());
  }

  private repaint(): void {
    for (const mark of Object.values(this.dirty)) mark();
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
