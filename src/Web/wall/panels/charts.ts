import { BarChart, FunnelChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, FunnelChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

/** Root font size for which the charts' sizes are given; they grow with the wall like everything else. */
const REM_BASE_PX = 16;

/** ECharts on an element, resized with it. */
export function openChart(host: HTMLElement, resized: () => void): ECharts {
  const theme = { textStyle: { fontFamily: getComputedStyle(host).fontFamily } };
  const chart = init(host, theme, { renderer: 'canvas' });
  new ResizeObserver(() => {
    chart.resize();
    resized();
  }).observe(host);
  return chart;
}

/** Pixels for a size given at 1080 lines. */
export function px(size: number): number {
  return (size * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / REM_BASE_PX;
}
