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
  const say = (text: string | undefined, metres = 0) => {
    taken.textContent = (text ?? '').replace('{0}', String(Math.round(metres)));
  };

  const held = document.querySelector<HTMLInputElement>('input[name=lng]')?.value;
  if (held) {
    if (map) mark(map, Number(held), Number(document.querySelector<HTMLInputElement>('input[name=lat]')?.value));
    say(button.dataset.picked);
  }

  button.hidden = !('geolocation' in navigator);
  button.addEventListener('click', () => {
    button.ariaBusy = 'true';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.ariaBusy = null;
        take(coords.longitude, coords.latitude);
        if (map) mark(map, coords.longitude, coords.latitude);
        say(button.dataset.found, coords.accuracy);
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
    take(lng, lat);
    mark(map, lng, lat);
    say(button.dataset.picked);
  });

  // Whoever chooses a grid means that, and no place from before.
  document.querySelector('#grid')?.addEventListener('change', () => {
    fill('lng', '');
    fill('lat', '');
    say('');
  });
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
  const box = map.getBoundingClientRect();
  const { width, height } = map.viewBox.baseVal;
  const frame = map.dataset.frame ?? '';
  return toPlace(frame, ((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height);
}

function mark(map: SVGSVGElement, lng: number, lat: number): void {
  const [x, y] = toDrawing(map.dataset.frame ?? '', lng, lat);
  const picked = map.querySelector('.picked');
  picked?.setAttribute('cx', x.toFixed(1));
  picked?.setAttribute('cy', y.toFixed(1));
}
