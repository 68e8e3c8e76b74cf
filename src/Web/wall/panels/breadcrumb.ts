import { pathTo } from '../../core/code';
import { el } from '../../core/dom';
import { bindText } from '../texts';

/** The way from the token's area down to where the wall stands. It never leads above the token's area. */
export class Breadcrumb {
  readonly root = el('nav', { class: 'breadcrumb', 'data-testid': 'breadcrumb' });
  private readonly back: HTMLElement;
  private readonly path = el('ol');
  private shown = '';

  constructor(
    private readonly pick: (code: string) => void,
    private readonly nameOf: (code: string) => string,
  ) {
    this.back = el('button', { type: 'button', class: 'back', 'data-testid': 'back' }, '‹');
    bindText(this.back, 'back', 'aria-label');
    bindText(this.root, 'path', 'aria-label');
    this.root.append(this.back, this.path);
    this.back.addEventListener('click', () => {
      const up = this.back.dataset.code;
      if (up) this.pick(up);
    });
  }

  paint(code: string, top: string): void {
    const codes = pathTo(code, top);
    const words = codes.map(step => this.nameOf(step));
    const wanted = codes.join() + words.join();
    if (wanted === this.shown) return;
    this.shown = wanted;
    const up = codes.at(-2);
    this.back.toggleAttribute('disabled', up === undefined);
    this.back.dataset.code = up ?? '';
    this.path.replaceChildren(
      ...codes.map((step, index) => {
        const here = index === codes.length - 1;
        const button = el('button', { type: 'button', 'data-testid': `crumb-${step}` }, words[index] ?? step);
        if (here) button.setAttribute('aria-current', 'page');
        else button.addEventListener('click', () => this.pick(step));
        return el('li', {}, button);
      }),
    );
  }
}
