import { el } from '../../core/dom';
import { bindText, type TextKey } from '../texts';

/** Buttons of which one is pressed. */
export class Tabs<T extends string> {
  readonly root: HTMLElement;
  private readonly buttons: ReadonlyMap<T, HTMLElement>;

  constructor(name: string, label: TextKey, choices: ReadonlyMap<T, TextKey>, pick: (choice: T) => void) {
    this.buttons = new Map(
      [...choices].map(([choice, text]) => {
        const testId = `${name}-${choice.toLowerCase()}`;
        const button = bindText(el('button', { type: 'button', 'data-testid': testId }), text);
        button.addEventListener('click', () => pick(choice));
        return [choice, button];
      }),
    );
    this.root = el('div', { class: 'tabs', role: 'group' }, ...this.buttons.values());
    bindText(this.root, label, 'aria-label');
  }

  paint(chosen: T): void {
    for (const [choice, button] of this.buttons) button.setAttribute('aria-pressed', String(choice === chosen));
  }
}
