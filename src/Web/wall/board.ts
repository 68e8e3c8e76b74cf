import { el } from '../core/dom';
import type { Names } from '../core/names';
import type { Session } from '../core/session';
import type { AreaState, Change } from '../core/store';
import type { FrameClock } from './frame';
import { Header } from './header';
import type { Pages } from './pages';
import { Breadcrumb } from './panels/breadcrumb';
import { FeedPanel } from './panels/feed';
import { FunnelPanel } from './panels/funnel';
import { LinesPanel } from './panels/lines';
import { RankingPanel } from './panels/ranking';
import { RosterPanel } from './panels/roster';
import { type Freshness, StalenessPanel } from './panels/staleness';
import { TilesPanel } from './panels/tiles';
import type { Route } from './route';
import type { Stage } from './stage';

/** Nobody reads numbers faster than this, lists less still. */
const NUMBERS_EVERY_MS = 200;
const LISTS_EVERY_MS = 500;
const CHARTS_EVERY_MS = 1_000;
/** Ages and the clock go on without any news. */
const SECOND_HAND_MS = 250;
const AGES_EVERY_MS = 1_000;

/** What the panels read of the wall. */
export interface Shown {
  readonly root: HTMLElement;
  readonly clock: FrameClock;
  readonly names: Names;
  readonly route: Route;
  readonly top: string;
  readonly state: AreaState | null;
  freshness(now: number): Freshness;
}

/** All panels in their places, each with its own pace on the one clock. */
export class Board {
  readonly parts: readonly HTMLElement[];
  readonly dirty: Record<'summary' | 'children' | 'incidents' | 'workers' | 'place', () => void>;

  constructor(session: Session, shown: Shown, stage: Stage, pages: Pages) {
    const wallTime = () => Date.now();
    const open = (code: string) => shown.route.open(code);
    const [tiles, funnel, lines, roster] = [
      new TilesPanel(),
      new FunnelPanel(),
      new LinesPanel(),
      new RosterPanel(wallTime),
    ];
    const feed = new FeedPanel(
      grid => shown.names.place(grid),
      category => shown.names.category(category),
      wallTime,
    );
    const ranking = new RankingPanel(
      open,
      code => stage.highlight(code),
      () => ranks(true),
    );
    const staleness = new StalenessPanel(shown.root);
    const breadcrumb = new Breadcrumb(open, code => shown.names.of(code));
    const header = new Header(session, pages.switch, breadcrumb, staleness, () => shown.clock.dirtyAll());
    const live = shown.clock.only(() => shown.route.page() === 'live');
    const paint = (panel: { paint(state: AreaState | null): void }, everyMs: number) =>
      live.add(() => {
        panel.paint(shown.state);
        return false;
      }, everyMs);
    const numbers = paint(tiles, NUMBERS_EVERY_MS);
    const shape = paint(funnel, CHARTS_EVERY_MS);
    const bars = paint(lines, CHARTS_EVERY_MS);
    const cases = paint(feed, LISTS_EVERY_MS);
    const people = paint(roster, LISTS_EVERY_MS);
    const ranks = paint(ranking, LISTS_EVERY_MS);
    const place = shown.clock.add(() => {
      breadcrumb.paint(shown.route.current(), shown.top);
      shown.root.dataset.tier = shown.state?.tier ?? '';
      shown.root.classList.toggle('is-loading', shown.state === null);
      return false;
    });
    shown.clock.add(now => {
      staleness.paint(shown.freshness(now));
      header.paintClock(new Date(wallTime()));
      return true;
    }, SECOND_HAND_MS);
    shown.clock.add(() => {
      cases();
      people();
      return true;
    }, AGES_EVERY_MS);
    const summary = () => {
      numbers();
      shape();
      bars();
    };
    void funnel.load(shape);
    void lines.load(bars);
    this.dirty = { summary, children: ranks, incidents: cases, workers: people, place };
    this.parts = [
      header.root,
      el('div', { class: 'left' }, tiles.root, funnel.root, lines.root),
      stage.root,
      el('div', { class: 'right' }, ranking.root, roster.root, feed.root),
      ...pages.parts,
      staleness.banner,
    ];
  }

  changed(change: Change): void {
    if (change.summary) this.dirty.summary();
    if (change.children) this.dirty.children();
    if (change.incidents) this.dirty.incidents();
    if (change.workers) this.dirty.workers();
  }

  repaint(): void {
    for (const mark of Object.values(this.dirty)) mark();
  }
}
