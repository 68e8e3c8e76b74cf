import type { ECharts } from 'echarts/core';
import { el, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { Summary } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { t, tName } from '../texts';
import { panel } from './panel';

export interface FunnelRow {
  readonly step: 'Reported' | 'Dispatched' | 'Handling' | 'Inspecting' | 'Feedback' | 'Closed';
  /** Cases that lie at this step now; at the last one, those closed today. */
  readonly here: number;
  /** Of them, returned ones, which wait to be dispatched again. */
  readonly returned: number;
  /** Cases that have come this far or farther. It never grows from row to row, which makes it a funnel. */
  readonly reached: number;
}

/** Open cases and those closed today, by how far round the closed loop they have come. */
export function funnelRows(summary: Summary): FunnelRow[] {
  const { byStep, closedToday } = summary.incidents;
  const returned = byStep.Returned ?? 0;
  const rows: Omit<FunnelRow, 'reached'>[] = [
    { step: 'Reported', here: byStep.Reported ?? 0, returned: 0 },
    { step: 'Dispatched', here: (byStep.Dispatched ?? 0) + returned, returned },
    { step: 'Handling', here: byStep.Handling ?? 0, returned: 0 },
    { step: 'Inspecting', here: byStep.Inspecting ?? 0, returned: 0 },
    { step: 'Feedback', here: byStep.Feedback ?? 0, returned: 0 },
    { step: 'Closed', here: closedToday, returned: 0 },
  ];
  let reached = rows.reduce((sum, row) => sum + row.here, 0);
  return rows.map(row => {
    const all = { ...row, reached };
    reached -= row.here;
    return all;
  });
}

const STEPS: readonly FunnelRow['step'][] = ['Reported', 'Dispatched', 'Handling', 'Inspecting', 'Feedback', 'Closed'];
const COLOURS = ['#2b8fd6', '#2aa5d8', '#27b7cc', '#2cc3b0', '#3acb93', '#4fd27a'] as const;
/** The narrowest row is still wide enough to be seen. */
const NARROWEST = '14%';
const GAP = 3;

/** The steps of the closed loop as a funnel: names, shape, and how many cases lie at each step. */
export class FunnelPanel {
  readonly root: HTMLElement;
  private readonly host = el('div', { class: 'chart', 'aria-hidden': 'true' });
  private readonly rows = STEPS.map(step => {
    const [name, here, note] = [el('span'), el('b', { 'data-testid': `step-${step}` }), el('small')];
    return { step, name, here, note };
  });
  private chart: ECharts | null = null;
  private px: (size: number) => number = size => size;

  constructor() {
    const { root, body } = panel('funnel', 'funnel');
    const names = el('div', { class: 'funnel-side' }, ...this.rows.map(row => row.name));
    const numbers = el('div', { class: 'funnel-side' }, ...this.rows.map(row => el('p', {}, row.here, row.note)));
    body.append(names, this.host, numbers);
    this.root = root;
  }

  /** Charts come after the first paint. */
  async load(repaint: () => void): Promise<void> {
    const charts = await import('./charts');
    this.px = charts.px;
    this.chart = charts.openChart(this.host, repaint);
    repaint();
  }

  paint(state: AreaState | null): void {
    const rows = state ? funnelRows(state.summary) : [];
    this.rows.forEach(({ step, name, here, note }, index) => {
      const row = rows[index];
      setText(name, tName('loop', step));
      setText(here, row ? count(row.here) : '–');
      setText(note, row ? noteOf(row) : '');
    });
    const data = rows.map((row, index) => ({ value: row.reached, itemStyle: { color: COLOURS[index] } }));
    const place = { left: 0, right: 0, top: 0, bottom: 0, gap: this.px(GAP), minSize: NARROWEST };
    const look = { sort: 'none' as const, silent: true, itemStyle: { borderWidth: 0 }, label: { show: false } };
    this.chart?.setOption({ animation: false, series: [{ type: 'funnel', ...place, ...look, data }] });
  }
}

function noteOf(row: FunnelRow): string {
  if (row.step === 'Reported') return t('waiting');
  return row.returned > 0 ? `${t('returned')} ${count(row.returned)}` : '';
}
