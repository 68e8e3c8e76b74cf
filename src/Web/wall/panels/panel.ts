import { el } from '../../core/dom';
import { bindText, type TextKey } from '../texts';

/** The frame that every panel has: a heading and a body. */
export function panel(name: string, title: TextKey): { root: HTMLElement; head: HTMLElement; body: HTMLElement } {
  const heading = bindText(el('h2', { id: `panel-${name}` }), title);
  const head = el('header', {}, heading);
  const body = el('div', { class: 'panel-body' });
  const root = el('section', { class: `panel panel-${name}`, 'aria-labelledby': `panel-${name}` }, head, body);
  return { root, head, body };
}
