import { Refusal } from './asking';
import type { AreaShapes, Category, KpiAnswer, KpiChildren, Problem, ReviewAnswer, Snapshot } from './protocol';
import { authorization, type Session } from './session';

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

  /** `query` says over which span. */
  kpis(area: string, query: string, signal: AbortSignal): Promise<KpiAnswer> {
    return this.get(`kpis?area=${area}&${query}`, signal);
  }

  kpisOfChildren(area: string, query: string, signal: AbortSignal): Promise<KpiChildren> {
    return this.get(`kpis/children?area=${area}&${query}`, signal);
  }

  review(area: string, query: string, signal: AbortSignal): Promise<ReviewAnswer> {
    return this.get(`areas/${area}/review?${query}`, signal);
  }

  async kpiSheet(area: string, query: string): Promise<Blob> {
    return (await this.ask(`kpis?area=${area}&${query}&format=csv`)).blob();
  }

  async reviewSheet(area: string, query: string): Promise<Blob> {
    return (await this.ask(`areas/${area}/review?format=csv&${query}`)).blob();
  }

  private async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await (await this.ask(path, signal)).json()) as T;
  }

  /** An answer, or an error: the server's no is a `Refusal`, all else means that it is to be asked again. */
  private async ask(path: string, signal: AbortSignal | null = null): Promise<Response> {
    const token = await this.session.token();
    const response = await fetch(`/api/v1/${path}`, { headers: authorization(token), signal });
    if (response.ok) return response;
    if (response.status === 401) this.session.reject(token);
    if (!isRefusal(response.status)) throw new Error(`${path}: ${response.status}`);
    const problem = (await response.json().catch(() => ({}))) as Problem;
    throw new Refusal(response.status, problem.code ?? '');
  }
}

/** Too many requests (429) is no refusal: the same question is welcome later. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
