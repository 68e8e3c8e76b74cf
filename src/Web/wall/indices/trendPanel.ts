import type { ECharts } from 'echarts/core';
import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { KpiAnswer } from '../../core/protocol';
import { panel } from '../panels/panel';
import { bindText, type TextKey, t } from '../texts';
import { DRAWN, type Drawn, isEmpty, seriesOf } from './series';
import { partName, type Span } from './span';

const NAMES: Readonly<Record<Drawn, TextKey>> = {
  reported: 'drawnReported',
  closed: 'drawnClosed',
  overdue: 'drawnOverdue',
};
const COLOURS: Readonly<Record<Drawn, string>> = { reported: '#2fc7ee', closed: '#4fd27a', overdue: '#ff5f6d' };
const LABEL = '#8fa6c4';

/** Reported, closed and overdue over the span, and their sums. */
export class TrendPanel {
  readonly root: HTMLElement;
  private readonly host = el('div', { class: 'chart', role: 'img' });
  private readonly empty = bindText(el('p', { class: 'muted empty' }), 'noData');
  private readonly sums = DRAWN.map(drawn => {
    const sum = el('b', { 'data-testid': `sum-${drawn}` });
    const root = el('span', { style: `--tone: ${COLOURS[drawn]}` }, el('i'), bindText(el('span'), NAMES[drawn]), sum);
    return { drawn, sum, root };
  });
  private chart: ECharts | null = null;
  private px: (size: number) => number = size => size;

  constructor() {
    const { root, head, body } = panel('trend', 'trend');
    head.append(el('div', { class: 'sums' }, ...this.sums.map(entry => entry.root)));
    body.append(this.empty, this.host);
    this.root = root;
  }

  async load(repaint: () => void): Promise<void> {
    const charts = await import('../panels/charts');
    this.px = charts.px;
    this.chart = charts.openChart(this.host, repaint);
    repaint();
  }

  paint(answer: KpiAnswer | null, span: Span, now: number): void {
    for (const { drawn, sum } of this.sums) {
      const value = answer?.total.counts[drawn];
      setText(sum, value === undefined ? '–' : count(value));
      setAttribute(sum, 'data-value', value === undefined ? '' : String(value));
    }
    const hasNone = answer !== null && isEmpty(answer);
    this.empty.hidden = !hasNone;
    const said = DRAWN.map(drawn => `${t(NAMES[drawn])} ${count(answer?.total.counts[drawn] ?? 0)}`);
    this.host.setAttribute('aria-label', said.join(', '));
    if (answer === null || hasNone) this.chart?.clear();
    else this.draw(answer, span, now);
  }

  private draw(answer: KpiAnswer, span: Span, now: number): void {
    const { starts, values } = seriesOf(answer, span, now);
    const [small, line] = [{ color: LABEL, fontSize: this.px(14) }, { lineStyle: { color: '#17293f' } }];
    this.chart?.setOption({
      animation: false,
      grid: { left: this.px(4), right: this.px(14), top: this.px(12), bottom: this.px(4), containLabel: true },
      tooltip: {
        trigger: 'axis',
        backgroundColor: '#0e1d30',
        borderColor: '#27455f',
        textStyle: { color: '#f2f7ff', fontSize: this.px(14) },
      },
      xAxis: {
        type: 'category',
        data: starts.map(start => partName(span.by, start)),
        boundaryGap: false,
        axisLine: line,
        axisTick: { show: false },
        axisLabel: { ...small, hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, min: 0, splitNumber: 4, axisLabel: small, splitLine: line },
      series: DRAWN.map(drawn => ({
        type: 'line',
        name: t(NAMES[drawn]),
        data: values[drawn],
        // A single part has no line to be seen by.
        showSymbol: values[drawn].filter(value => value !== null).length === 1,
        symbol: 'circle',
        symbolSize: this.px(5),
        lineStyle: { width: this.px(2.5) },
        color: COLOURS[drawn],
        areaStyle: { opacity: drawn === 'reported' ? 0.14 : 0 },
      })),
    });
  }
}
