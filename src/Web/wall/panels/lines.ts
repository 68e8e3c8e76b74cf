import type { ECharts } from 'echarts/core';
import { el } from '../../core/dom';
import { count } from '../../core/formats';
import { LINES } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { tName } from '../texts';
import { panel } from './panel';

const COLOURS = ['#ff6b6b', '#5aa9ff', '#b38cff', '#35c9c1', '#ffb84d', '#ff8a4c', '#7ed37a'] as const;

/** Open cases of the seven lines of work as bars. */
export class LinesPanel {
  readonly root: HTMLElement;
  private readonly host = el('div', { class: 'chart', role: 'img' });
  private chart: ECharts | null = null;
  private px: (size: number) => number = size => size;

  constructor() {
    const { root, body } = panel('lines', 'lines');
    body.append(this.host);
    this.root = root;
  }

  async load(repaint: () => void): Promise<void> {
    const charts = await import('./charts');
    this.px = charts.px;
    this.chart = charts.openChart(this.host, repaint);
    repaint();
  }

  paint(state: AreaState | null): void {
    const byLine = state?.summary.incidents.byLine ?? {};
    const rows = LINES.map((line, index) => ({
      name: tName('line', line),
      value: byLine[line] ?? 0,
      itemStyle: { color: COLOURS[index], borderRadius: this.px(3) },
    }));
    this.host.setAttribute('aria-label', rows.map(row => `${row.name} ${row.value}`).join(', '));
    this.chart?.setOption({
      animation: false,
      grid: { left: this.px(2), right: this.px(48), top: 0, bottom: 0, containLabel: true },
      xAxis: { type: 'value', show: false, max: (range: { max: number }) => Math.max(1, range.max) },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(row => row.name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: '#b9cbe2', fontSize: this.px(14), margin: this.px(10) },
      },
      series: [
        {
          type: 'bar',
          silent: true,
          data: rows,
          barWidth: '46%',
          showBackground: true,
          backgroundStyle: { color: '#13233a', borderRadius: this.px(3) },
          label: {
            show: true,
            position: 'right',
            color: '#f2f7ff',
            fontSize: this.px(15),
            fontWeight: 600,
            formatter: (item: { value: number }) => count(item.value),
          },
        },
      ],
    });
  }
}
