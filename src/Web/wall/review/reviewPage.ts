import type { Api } from '../../core/api';
import { Asking, type Watcher } from '../../core/asking';
import { dateOf, daysOf } from '../../core/china';
import { tierOf } from '../../core/code';
import type { Timing } from '../../core/connection';
import { el, setText } from '../../core/dom';
import { save } from '../../core/download';
import type { ReviewAnswer } from '../../core/protocol';
import type { Shown } from '../board';
import type { MarkDirty } from '../frame';
import { PageHead } from '../panels/pageHead';
import { Tabs } from '../panels/tabs';
import { bindText, t } from '../texts';
import { BelowPanel } from './belowPanel';
import { OldestPanel } from './oldestPanel';
import { OpenPanel } from './openPanel';
import { belowWith, ofCategory } from './parts';
import { hasReview, type Period, periodQuery } from './period';
import { RepeatsPanel } from './repeatsPanel';
import { SharedPanel } from './sharedPanel';

/** A district's month takes the database half a second, and changes by the day. */
const ASK_EVERY_MS = 60_000;
const AGES_EVERY_MS = 1_000;

interface Question {
  readonly area: string;
  readonly period: Period;
}

/** The list that the regular review 研判 of the area on the wall is held with. */
export class ReviewPage {
  readonly root = el('section', { class: 'page page-review', 'data-testid': 'page-review' });
  private readonly asking: Asking<Question, ReviewAnswer>;
  private readonly tabs: Tabs<Period>;
  private readonly only = el('button', { type: 'button', class: 'only', 'data-testid': 'only' });
  private readonly head: PageHead;
  private readonly open: OpenPanel;
  private readonly below: BelowPanel;
  private readonly oldest: OldestPanel;
  private readonly repeats: RepeatsPanel;
  private readonly shared: SharedPanel;
  private readonly dirty: MarkDirty;
  private category: string | null = null;
  private period: Period = 'last';

  constructor(
    private readonly api: Api,
    private readonly shown: Shown,
    timing: Timing,
    private readonly watcher: Watcher,
  ) {
    const changed = () => this.dirty(true);
    this.asking = new Asking(ASK_EVERY_MS, (question, signal) => this.ask(question, signal), changed, timing, watcher);
    bindText(this.only, 'allCategories', 'title');
    this.only.addEventListener('click', () => this.pick(null));
    const periods = new Map([
      ['last', 'periodLast'],
      ['running', 'periodRunning'],
    ] as const);
    this.tabs = new Tabs('period', 'spans', periods, period => this.choose(period));
    this.head = new PageHead('review', this.root, [this.only, this.tabs.root], () => this.sheet());
    const { names, route } = shown;
    const pick = (category: string) => this.pick(category);
    const place = (grid: string) => route.open(grid, 'live');
    const go = (code: string) => route.open(code);
    this.open = new OpenPanel(names, pick);
    this.below = new BelowPanel(go);
    this.oldest = new OldestPanel(names, place);
    this.repeats = new RepeatsPanel(names, pick, place);
    this.shared = new SharedPanel(names, pick, go);
    const body = el('div', { class: 'page-body' });
    body.append(el('div', { class: 'page-column' }, this.open.root, this.below.root), this.oldest.root);
    body.append(el('div', { class: 'page-column' }, this.repeats.root, this.shared.root));
    this.root.append(this.head.root, this.head.message, body);
    const clock = shown.clock.only(() => route.page() === 'review');
    this.dirty = clock.add(() => this.paint());
    clock.add(() => this.paintAge(), AGES_EVERY_MS);
    void this.asking.run();
  }

  /** The area to tell of, or null while another page is shown. */
  show(area: string | null): void {
    this.category = null;
    this.asking.want(area !== null && hasReview(area) ? { area, period: this.period } : null);
  }

  wake(): void {
    this.asking.wake();
  }

  /** Names or children have come. */
  repaint(): void {
    this.dirty();
  }

  private choose(period: Period): void {
    if (period === this.period) return;
    this.period = period;
    this.show(this.shown.route.current());
  }

  private ask({ area, period }: Question, signal: AbortSignal): Promise<ReviewAnswer> {
    return this.api.review(area, periodQuery(area, period, this.watcher.now()), signal);
  }

  private pick(category: string | null): void {
    this.category = category === this.category ? null : category;
    this.dirty(true);
  }

  private paint(): false {
    const { value } = this.asking.state;
    this.tabs.paint(this.period);
    const part = value && ofCategory(value, this.category);
    this.open.paint(value, part, this.category);
    this.oldest.paint(part, this.watcher.now());
    this.repeats.paint(part);
    this.shared.paint(part);
    this.below.paint(belowWith(this.shown.state?.children.values() ?? [], part));
    this.shared.root.hidden = tierOf(this.shown.route.current()) === 'Grid';
    this.only.hidden = this.category === null;
    if (this.category !== null) setText(this.only, `${t('onlyCategory', this.shown.names.category(this.category))} ×`);
    this.paintAge();
    return false;
  }

  private paintAge(): true {
    const { state } = this.asking;
    const area = this.shown.route.current();
    const days = state.value && daysOf(Date.parse(state.value.from), Date.parse(state.value.to));
    const period = days === null ? '' : t('reviewPeriod', days);
    const instead = hasReview(area) ? null : 'reviewTooHigh';
    this.head.paint(this.shown.names.of(area), period, state, this.watcher.now(), instead);
    return true;
  }

  private async sheet(): Promise<void> {
    const [area, now] = [this.shown.route.current(), this.watcher.now()];
    const content = await this.api.reviewSheet(area, periodQuery(area, this.period, now));
    save(content, `gridmesh-review-${area}-${this.period}-${dateOf(now)}.csv`);
  }
}
