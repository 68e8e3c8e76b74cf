import type { MapEvents, MapView } from './mapView';
import { PlainMap } from './plainMap';

/** Opens MapLibre, or the plain map where WebGL or the configured style is missing. */
export async function openMap(host: HTMLElement, styleUrl: string | null, events: MapEvents): Promise<MapView> {
  if (!hasWebGl()) return new PlainMap(host, events);
  try {
    const { GlMap } = await import('./glMap');
    try {
      return await GlMap.open(host, styleUrl, events);
    } catch (error) {
      // A style server that is away must not cost the map: our own empty style needs nobody.
      if (styleUrl === null) throw error;
      host.replaceChildren();
      return await GlMap.open(host, null, events);
    }
  } catch {
    // WebGL was promised and not kept (a blocked driver, for one); the wall goes on without it.
    host.replaceChildren();
    return new PlainMap(host, events);
  }
}

function hasWebGl(): boolean {
  const canvas = document.createElement('canvas');
  return canvas.getContext('webgl2') !== null;
}
