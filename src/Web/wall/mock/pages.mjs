// What the indices and the review say of an invented district: plausible, the same at every start, and of no meaning.
import { CATEGORIES } from './district.mjs';
import { seeded } from './geometry.mjs';

/**
 * @typedef {import('./district.mjs').Area} Area
 * @typedef {import('../../core/protocol').KpiFigures} KpiFigures
 */

const DAY_MS = 86_400_000;
const CASES_A_DAY = 12;
const AGES = [5, 12, 25, 50];

/** @param {Area} area @param {URLSearchParams} asked @returns {import('../../core/protocol').KpiAnswer} */
export function kpisOf(area, asked) {
  const [from, to] = [asked.get('from') ?? '', asked.get('to') ?? ''];
  const random = seeded(Number(area.code.slice(-6)));
  const step = asked.get('by') === 'hour' ? DAY_MS / 24 : DAY_MS;
  const items = /** @type {(KpiFigures & { start: string })[]} */ ([]);
  for (let at = Date.parse(from); at < Math.min(Date.parse(to), Date.now()); at += step) {
    items.push({ start: new Date(at).toISOString(), ...figures(random, area) });
  }
  const [total, before, yearBefore] = [figures(random, area), figures(random, area), figures(random, area)];
  const sum = (/** @type {'reported' | 'closed' | 'overdue'} */ name) =>
    items.reduce((all, item) => all + item.counts[name], 0);
  const counts = { reported: sum('reported'), closed: sum('closed'), overdue: sum('overdue') };
  return { from, to, items, total: { ...total, counts }, before, yearBefore };
}

/** @param {Area} area @returns {import('../../core/protocol').KpiChildren} */
export function kpisOfChildren(area) {
  const random = seeded(Number(area.code.slice(-6)) + 1);
  return { items: area.children.map(child => ({ code: child.code, name: child.name, ...figures(random, child) })) };
}

/** @param {Area} area @returns {import('../../core/protocol').ReviewAnswer} */
export function reviewOf(area) {
  const random = seeded(Number(area.code.slice(-6)) + 2);
  const upTo = (/** @type {number} */ most) => Math.floor(random() * most);
  const grids = gridsOf(area);
  const gridAt = () => grids[upTo(grids.length)]?.code ?? area.code;
  const categories = CATEGORIES.map(({ code }) => {
    return { category: code, week: upTo(40), fortnight: upTo(15), month: upTo(8), longer: upTo(4) };
  });
  const sum = (/** @type {'week' | 'fortnight' | 'month' | 'longer'} */ age) =>
    categories.reduce((all, one) => all + one[age], 0);
  const ages = {
    category: '',
    week: sum('week'),
    fortnight: sum('fortnight'),
    month: sum('month'),
    longer: sum('longer'),
  };
  const oldest = CATEGORIES.map(({ code }, index) => {
    const [grid, days] = [gridAt(), AGES[AGES.length - 1 - (index % AGES.length)] ?? 1];
    const reportedAt = new Date(Date.now() - days * DAY_MS).toISOString();
    const id = `${grid}-261101-${String(index + 1).padStart(4, '0')}`;
    const rest = { owner: 'D-urban', dueAt: null, overdue: index % 2 === 0, daysOpen: days, reportedAt };
    return { id, category: code, grid, step: /** @type {const} */ ('Handling'), ...rest };
  }).sort((a, b) => b.daysOpen - a.daysOpen);
  const repeats = CATEGORIES.map(({ code }, index) => {
    return { grid: gridAt(), category: code, cases: 14 - index, inSpot: 4, spot: null, isSpot: index % 3 === 0 };
  });
  const children = area.children.slice(0, 5).map(child => ({ code: child.code, cases: 3 + upTo(9) }));
  const shared = CATEGORIES.slice(0, 4).map(({ code }) => ({ category: code, cases: 30, children }));
  return {
    area: area.code,
    from: new Date(Date.now() - 30 * DAY_MS).toISOString(),
    to: new Date().toISOString(),
    open: { count: ages.week + ages.fortnight + ages.month + ages.longer, ages, categories, oldest },
    repeats,
    shared: area.children.length > 0 ? shared : [],
  };
}

/** @param {() => number} random @param {Area} area @returns {KpiFigures} */
function figures(random, area) {
  const near = (/** @type {number} */ value) => value * (0.97 + 0.06 * random());
  const share = (/** @type {number} */ value) => Math.min(1, near(value));
  const reported = Math.round(near(CASES_A_DAY * gridsOf(area).length));
  return {
    counts: { reported, closed: Math.round(reported * share(0.93)), overdue: Math.round(reported * 0.04 * random()) },
    rates: {
      dispatchAccuracy: share(0.97),
      onTime: share(0.95),
      onTimeClosing: share(0.94),
      rework: share(0.06),
      repeat: share(0.03),
      satisfaction: near(4.4),
      patrolCoverage: share(0.98),
      acceptMinutes: near(9),
      dispatchMinutes: near(7),
      handleMinutes: near(150),
    },
  };
}

/** @param {Area} area @returns {Area[]} */
function gridsOf(area) {
  return area.children.length === 0 ? [area] : area.children.flatMap(gridsOf);
}
