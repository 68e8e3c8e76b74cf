import type { LinkState } from '../../core/connection';
import { el, setText } from '../../core/dom';
import { span } from '../../core/formats';
import { t } from '../texts';

/** Data older than this is stale, whatever the line says. More than a probe of a quiet area takes. */
export const STALE_AFTER_MS = 10_000;

export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly ageMs: number }
  | { readonly kind: 'reconnecting'; readonly ageMs: number; readonly attempt: number }
  | { readonly kind: 'stale'; readonly ageMs: number; readonly attempt: number };

/** What may be claimed about what is shown. `heardAt` is when the server last vouched for it, null for never. */
export function freshness(link: LinkState, attempt: number, heardAt: number | null, now: number): Freshness {
  if (heardAt === null) return { kind: 'connecting' };
  const ageMs = Math.max(0, now - heardAt);
  if (ageMs > STALE_AFTER_MS) return { kind: 'stale', ageMs, attempt };
  return link === 'live' ? { kind: 'live', ageMs } : { kind: 'reconnecting', ageMs, attempt };
}

/** Says how old the picture is, and makes an old one look old. */
export class StalenessPanel {
  readonly root = el('div', { class: 'connection', role: 'status', 'data-testid': 'connection' });
  readonly banner = el('div', { class: 'stale-banner', role: 'alert', 'data-testid': 'stale-banner' });
  private readonly word = el('b');
  private readonly detail = el('span');

  constructor(private readonly wall: HTMLElement) {
    this.root.append(el('i'), this.word, this.detail);
    this.banner.hidden = true;
  }

  paint(fresh: Freshness): void {
    this.root.dataset.state = fresh.kind;
    this.wall.classList.toggle('is-stale', fresh.kind === 'stale');
    this.banner.hidden = fresh.kind !== 'stale';
    setText(this.word, t(fresh.kind));
    if (fresh.kind === 'connecting') {
      setText(this.detail, '');
      return;
    }
    setText(this.detail, t('dataAge', span(fresh.ageMs)));
    if (fresh.kind !== 'stale') return;
    const attempt = fresh.attempt > 0 ? ` · ${t('reconnecting')} (${t('attempt', fresh.attempt)})` : '';
    setText(this.banner, `${t('stale')} · ${t('staleFor', span(fresh.ageMs))}${attempt}`);
  }
}
