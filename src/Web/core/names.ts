import { language } from './i18n';
import type { AreaChild, AreaShapes, Category, Snapshot } from './protocol';

/** Names kept; a district has about 550 areas. When there are more, the first learnt go. */
const NAMES_MAX = 5_000;

/** What areas and categories are called, as far as the wall has heard. */
export class Names {
  private readonly names = new Map<string, string>();
  private categories: ReadonlyMap<string, Category> = new Map();

  learn(code: string, name: string): void {
    this.names.set(code, name);
    const first = this.names.keys().next().value;
    if (this.names.size > NAMES_MAX && first !== undefined) this.names.delete(first);
  }

  learnArea(area: Pick<Snapshot, 'code' | 'name'> & { readonly children: readonly AreaChild[] }): void {
    this.learn(area.code, area.name);
    for (const child of area.children) this.learn(child.code, child.name);
  }

  learnShapes(shapes: AreaShapes): void {
    for (const { properties } of shapes.features) this.learn(properties.code, properties.name);
  }

  learnCategories(categories: readonly Category[]): void {
    this.categories = new Map(categories.map(category => [category.code, category]));
  }

  category(code: string): string {
    const category = this.categories.get(code);
    return (language() === 'zh' ? category?.name : category?.nameEn) ?? code;
  }

  knows(code: string): boolean {
    return this.names.has(code);
  }

  of(code: string): string {
    return this.names.get(code) ?? code;
  }

  /** The nearest known area above or at a grid and the rest of its code: "Shajing 003-007". */
  place(grid: string): string {
    for (const length of [15, 12, 9, 6]) {
      const name = this.names.get(grid.slice(0, length));
      if (name === undefined) continue;
      const rest = grid.slice(length).match(/\d{3}/g)?.join('-') ?? '';
      return rest === '' ? name : `${name} ${rest}`;
    }
    return grid;
  }
}
