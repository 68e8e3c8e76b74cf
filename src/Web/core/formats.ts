import { language } from './i18n';
import { t } from './texts';

/** A span of time in its largest sensible unit. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return t('seconds', seconds);
  if (seconds < 3_600) return t('minutes', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('hours', Math.floor(seconds / 3_600));
  return t('days', Math.floor(seconds / 86_400));
}

/** A time of this machine's own clock, as a header shows it. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(language() === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
}

const numbers = [0, 1, 2].map(digits => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits }));
/** A number with separators, the same in both languages; with at least so many digits behind the point, up to two. */
export function count(value: number, digits = 0): string {
  return numbers[digits]?.format(value) ?? String(value);
}
