import type { AreaShapes, Category, Snapshot } from './protocol';
import type { Session } from './signin';

/** Shapes of areas kept for going back and forth; the oldest goes when there are more. */
const SHAPES_KEPT = 64;

/** The HTTP side of the contract. */
export class Api {
  private readonly shapes = new Map<string, Promise<AreaShapes>>();

  constructor(private readonly session: Session) {}

  categories(): Promise<Category[]> {
    return this.get('categories');
  }

  area(code: string): Promise<Snapshot> {
    return this.get(`areas/${code}`);
  }

  /** The polygons of the areas right below `code`; for a grid, its own. */
  shapesWithin(code: string): Promise<AreaShapes> {
    const held = this.shapes.get(code);
    if (held) return held;
    const loading = this.get<AreaShapes>(`areas.geojson?within=${code}`);
    this.shapes.set(code, loading);
    // A failure is not kept: the next visit asks again.
    loading.catch(() => this.shapes.delete(code));
    const oldest = this.shapes.keys().next().value;
    if (this.shapes.size > SHAPES_KEPT && oldest !== undefined) this.shapes.delete(oldest);
    return loading;
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`/api/v1/${path}`, {
      headers: { Authorization: `Bearer ${await this.session.token()}` },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}
