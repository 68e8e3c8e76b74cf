import { el, setAttribute, setText } from '../../core/dom';
import type { KpiAnswer, KpiFigures } from '../../core/protocol';
import { bindText, type TextKey, t } from '../texts';
import { compared, comparisonText, RATES, type Rate, rateNumber, rateUnit } from './rates';

const SPANS = [
  ['before', 'before'],
  ['yearBefore', 'yearBefore'],
] as const satisfies readonly (readonly [keyof KpiAnswer, TextKey])[];

/** The main rates, each with how it stood in the span before (环比) and a year earlier (同比). */
export class RateTiles {
  readonly root = el('section', { class: 'rate-tiles' });
  private readonly tiles = RATES.map(rate => tile(rate));

  constructor() {
    this.root.append(...this.tiles.map(entry => entry.root));
  }

  paint(answer: KpiAnswer | null): void {
    for (const { rate, root, value, unit, changes } of this.tiles) {
      const now = answer?.total.rates[rate.key] ?? null;
      setText(value, rateNumber(rate.kind, now));
      setText(unit, rateUnit(rate.kind, now));
      setAttribute(root, 'data-value', now === null ? '' : String(now));
      for (const { span, change, word } of changes) write(rate, now, answer?.[span] ?? null, change, word);
    }
  }
}

function tile(rate: Rate) {
  const [value, unit] = [el('strong'), el('small')];
  const changes = SPANS.map(([span, name]) => {
    const [change, word] = [el('b'), el('span', { class: 'said' })];
    return { span, change, word, root: el('p', {}, bindText(el('span'), name), ' ', change, word) };
  });
  const root = el('div', { class: 'tile rate-tile', 'data-testid': `rate-${rate.key}` });
  const side = el('div', { class: 'changes' }, ...changes.map(entry => entry.root));
  root.append(bindText(el('span'), rate.name), el('p', {}, value, unit), side);
  return { rate, root, value, unit, changes };
}

function write(rate: Rate, now: number | null, then: KpiFigures | null, change: HTMLElement, word: HTMLElement): void {
  const value = then?.rates[rate.key] ?? null;
  const comparison = compared(rate, now, value);
  const verdict = comparison?.verdict ?? 'same';
  setText(change, comparisonText(rate.kind, comparison));
  setAttribute(change, 'data-verdict', verdict);
  setAttribute(change, 'title', `${rateNumber(rate.kind, value)} ${rateUnit(rate.kind, value)}`);
  // Colour alone says nothing to a screen reader.
  setText(word, verdict === 'same' ? '' : t(verdict));
}
