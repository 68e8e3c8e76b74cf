/** A position that is older is asked for anew; one that takes longer is given up. */
const POSITION_AGE_MAX_MS = 60_000;
const POSITION_WAIT_MAX_MS = 15_000;

/** The place of a report: where the device is, or where the map was touched. */
export function enhancePlace(): void {
  const where = document.querySelector<HTMLElement>('[data-where]');
  const button = where?.querySelector<HTMLButtonElement>('[data-locate]');
  const taken = where?.querySelector<HTMLElement>('[data-taken]');
  if (!where || !button || !taken) return;
  where.hidden = false;
  const map = where.querySelector<SVGSVGElement>('svg[data-frame]');
  const say = (text: string | undefined, name = '', metres = 0) => {
    taken.textContent = (text ?? '').replace('{0}', String(Math.round(metres))).replace('{1}', name);
  };

  /** The server says whose grid it is; where it cannot be asked, the place counts all the same. */
  const choose = async (lng: number, lat: number, text: string | undefined, metres = 0) => {
    take(lng, lat);
    if (map) mark(map, lng, lat);
    say(text, '', metres);
    const answer = await fetch(`/public/place?lng=${lng}&lat=${lat}`).catch(() => null);
    if (answer?.ok) say(text, ((await answer.json()) as { name: string }).name, metres);
    if (answer?.status !== 404) return;
    drop();
    say(button.dataset.outside);
  };

  const held = document.querySelector<HTMLInputElement>('input[name=lng]')?.value;
  if (held) {
    const lat = document.querySelector<HTMLInputElement>('input[name=lat]')?.value;
    void choose(Number(held), Number(lat), button.dataset.picked);
  }

  button.hidden = !('geolocation' in navigator);
  button.addEventListener('click', () => {
    button.ariaBusy = 'true';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.ariaBusy = null;
        void choose(coords.longitude, coords.latitude, button.dataset.found, coords.accuracy);
      },
      () => {
        button.ariaBusy = null;
        say(button.dataset.failed);
      },
      { enableHighAccuracy: true, maximumAge: POSITION_AGE_MAX_MS, timeout: POSITION_WAIT_MAX_MS },
    );
  });

  map?.addEventListener('click', event => {
    const [lng, lat] = placeAt(map, event.clientX, event.clientY);
    void choose(lng, lat, button.dataset.picked);
  });

  // Whoever chooses a grid means that, and no place from before.
  document.querySelector('#grid')?.addEventListener('change', () => {
    drop();
    say('');
  });
}

function drop(): void {
  fill('lng', '');
  fill('lat', '');
}

function take(lng: number, lat: number): void {
  fill('lng', lng.toFixed(6));
  fill('lat', lat.toFixed(6));
  const grid = document.querySelector<HTMLSelectElement>('#grid');
  if (grid) grid.value = '';
  document.querySelector('form[data-draft]')?.dispatchEvent(new Event('input'));
}

function fill(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (field) field.value = value;
}

/** West, north, and how many degrees a unit of the drawing is wide and high. */
export function frameOf(text: string): [number, number, number, number] {
  const [west = 0, north = 0, wide = 0, high = 0] = text.split(' ').map(Number);
  return [west, north, wide, high];
}

export function toPlace(frame: string, x: number, y: number): [number, number] {
  const [west, north, wide, high] = frameOf(frame);
  return [west + x * wide, north - y * high];
}

export function toDrawing(frame: string, lng: number, lat: number): [number, number] {
  const [west, north, wide, high] = frameOf(frame);
  return [(lng - west) / wide, (north - lat) / high];
}

function placeAt(map: SVGSVGElement, clientX: number, clientY: number): [number, number] {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM()?.inverse());
  return toPlace(map.dataset.frame ?? '', x, y);
}

function mark(map: SVGSVGElement, lng: number, lat: number): void {
  const [x, y] = toDrawing(map.dataset.frame ?? '', lng, lat);
  const picked = map.querySelector('.picked');
  picked?.setAttribute('cx', x.toFixed(1));
  picked?.setAttribute('cy', y.toFixed(1));
}
