import { el } from '../../core/dom';
import { bindText, type TextKey } from '../texts';
import { CASE_COLOURS } from './cases';
import { WORKER_COLOURS } from './workers';

const KEYS: readonly { text: TextKey; colour: string; shape: 'round' | 'diamond' }[] = [
  { text: 'workerOnDuty', colour: WORKER_COLOURS.OnDuty, shape: 'round' },
  { text: 'workerOffDuty', colour: WORKER_COLOURS.OffDuty, shape: 'round' },
  { text: 'workerSilent', colour: WORKER_COLOURS.Silent, shape: 'round' },
  { text: 'caseNormal', colour: CASE_COLOURS.Normal, shape: 'diamond' },
  { text: 'caseUrgent', colour: CASE_COLOURS.Urgent, shape: 'diamond' },
  { text: 'caseMajor', colour: CASE_COLOURS.Major, shape: 'diamond' },
];

/** Says what the dots and diamonds on the map are. */
export function mapKey(): HTMLElement {
  const entries = KEYS.map(({ text, colour, shape }) => {
    const dot = el('i');
    dot.style.setProperty('--dot', colour);
    return el('span', { class: shape }, dot, bindText(el('b'), text));
  });
  return el('div', { class: 'key' }, ...entries);
}
