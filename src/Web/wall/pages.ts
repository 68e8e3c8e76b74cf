import type { Api } from '../core/api';
import type { Timing } from '../core/connection';
import { el, setAttribute } from '../core/dom';
import type { Shown } from './board';
import { IndicesPage } from './indices/indicesPage';
import { ReviewPage } from './review/reviewPage';
import { PAGES, type Page } from './route';
import { bindText, type TextKey } from './texts';

const NAMES: Readonly<Record<Page, TextKey>> = { live: 'pageLive', indices: 'pageIndices', review: 'pageReview' };

/** The pages beside the live one, and the switch in the header. A page that is not shown asks for nothing. */
export class Pages {
  readonly switch = bindText(el('nav', { class: 'pages' }), 'pages', 'aria-label');
  readonly parts: readonly HTMLElement[];
  private readonly buttons: ReadonlyMap<Page, HTMLElement>;
  private readonly indices: IndicesPage;
  private readonly review: ReviewPage;

  constructor(
    api: Api,
    private readonly shown: Shown,
    timing: Timing,
  ) {
    const watcher = { now: () => Date.now(), visible: () => document.visibilityState === 'visible' };
    this.indices = new IndicesPage(api, shown, timing, watcher);
    this.review = new ReviewPage(api, shown, timing, watcher);
    this.parts = [this.indices.root, this.review.root];
    this.buttons = new Map(PAGES.map(page => [page, this.button(page)]));
    this.switch.append(...this.buttons.values());
    document.addEventListener('visibilitychange', () => {
      this.indices.wake();
      this.review.wake();
    });
  }

  /** The wall stands elsewhere: at another area, on another page. */
  went(): void {
    const { route, root } = this.shown;
    const page = route.page();
    setAttribute(root, 'data-page', page);
    for (const [name, button] of this.buttons) {
      if (name === page) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
    }
    this.indices.root.hidden = page !== 'indices';
    this.review.root.hidden = page !== 'review';
    this.indices.show(page === 'indices' ? route.current() : null);
    this.review.show(page === 'review' ? route.current() : null);
  }

  /** Names or children have come. */
  repaint(): void {
    this.review.repaint();
  }

  private button(page: Page): HTMLElement {
    const button = bindText(el('button', { type: 'button', 'data-testid': `page-to-${page}` }), NAMES[page]);
    button.addEventListener('click', () => this.shown.route.open(this.shown.route.current(), page));
    return button;
  }
}
