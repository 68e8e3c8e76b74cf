import type { Api } from '../../core/api';
import { Asking, type Watcher } from '../../core/asking';
import { dateOf } from '../../core/china';
import { tierOf } from '../../core/code';
import type { Timing } from '../../core/connection';
import { el } from '../../core/dom';
import { save } from '../../core/download';
import type { KpiAnswer, KpiChild } from '../../core/protocol';
import type { Shown } from '../board';
import type { MarkDirty } from '../frame';
import { PageHead } from '../panels/pageHead';
import { Tabs } from '../panels/tabs';
import { AreasPanel } from './areasPanel';
import { RateTiles } from './rateTiles';
import { type Span, type Step, spanName, spanOf, spanQuery } from './span';
import { TrendPanel } from './trendPanel';

/** Rates move slowly; a commander looks up twice a minute at most. */
const ASK_EVERY_MS = 30_000;
const AGES_EVERY_MS = 1_000;

interface Question {
  readonly area: string;
  readonly by: Step;
}

interface Answer {
  readonly span: Span;
  readonly own: KpiAnswer;
  readonly below: readonly KpiChild[];
}

/** The indices 考核 of the area on the wall. */
export class IndicesPage {
  readonly root = el('section', { class: 'page page-indices', 'data-testid': 'page-indices' });
  private readonly asking: Asking<Question, Answer>;
  private readonly tabs: Tabs<Step>;
  private readonly head: PageHead;
  private readonly tiles = new RateTiles();
  private readonly trend = new TrendPanel();
  private readonly areas: AreasPanel;
  private readonly dirty: MarkDirty;
  private by: Step = 'Day';

  constructor(
    private readonly api: Api,
    private readonly shown: Shown,
    timing: Timing,
    private readonly watcher: Watcher,
  ) {
    const changed = () => this.dirty(true);
    this.asking = new Asking(ASK_EVERY_MS, (question, signal) => this.ask(question, signal), changed, timing, watcher);
    const choices = new Map([
      ['Hour', 'spanHour'],
      ['Day', 'spanDay'],
      ['Month', 'spanMonth'],
    ] as const);
    this.tabs = new Tabs('span', 'spans', choices, by => this.choose(by));
    this.head = new PageHead('indices', this.root, [this.tabs.root], () => this.sheet());
    this.areas = new AreasPanel(code => shown.route.open(code), changed);
    const below = el('div', { class: 'page-row' }, this.trend.root, this.areas.root);
    this.root.append(this.head.root, this.head.message, el('div', { class: 'page-body' }, this.tiles.root, below));
    const clock = shown.clock.only(() => shown.route.page() === 'indices');
    this.dirty = clock.add(() => this.paint());
    clock.add(() => this.paintAge(), AGES_EVERY_MS);
    void this.trend.load(changed);
    void this.asking.run();
  }

  /** The area to tell of, or null while another page is shown. */
  show(area: string | null): void {
    this.asking.want(area === null ? null : { area, by: this.by });
  }

  wake(): void {
    this.asking.wake();
  }

  private choose(by: Step): void {
    if (by === this.by) return;
    this.by = by;
    this.show(this.shown.route.current());
  }

  private async ask({ area, by }: Question, signal: AbortSignal): Promise<Answer> {
    const span = spanOf(by, this.watcher.now());
    const query = spanQuery(span);
    const below = tierOf(area) === 'Grid' ? null : this.api.kpisOfChildren(area, query, signal);
    const [own, children] = await Promise.all([this.api.kpis(area, query, signal), below]);
    return { span, own, below: children?.items ?? [] };
  }

  private paint(): false {
    const { value } = this.asking.state;
    const span = value?.span ?? spanOf(this.by, this.watcher.now());
    this.tabs.paint(this.by);
    this.tiles.paint(value?.own ?? null);
    this.trend.paint(value?.own ?? null, span, this.watcher.now());
    this.areas.paint(value?.below ?? null);
    this.areas.root.hidden = tierOf(this.shown.route.current()) === 'Grid';
    this.paintAge();
    return false;
  }

  private paintAge(): true {
    const now = this.watcher.now();
    const span = this.asking.state.value?.span ?? spanOf(this.by, now);
    this.head.paint(this.shown.names.of(this.shown.route.current()), spanName(span), this.asking.state, now);
    return true;
  }

  private async sheet(): Promise<void> {
    const [area, now] = [this.shown.route.current(), this.watcher.now()];
    const content = await this.api.kpiSheet(area, spanQuery(spanOf(this.by, now)));
    save(content, `gridmesh-kpis-${area}-${this.by.toLowerCase()}-${dateOf(now)}.csv`);
  }
}
