import type { Camera } from '../map/camera';

/** Something drawn above the map on each frame. Returns true while it still moves. */
export interface OverlayLayer {
  draw(pen: CanvasRenderingContext2D, camera: Camera, now: number): boolean;
}

/** Device pixels along the longer side beyond which the canvas is drawn coarser: dots need no 4K. */
const SIDE_MAX_PX = 2_048;

/** One canvas above the map for everything that moves. It is much cheaper than repainting the map for it. */
export class Overlay {
  private readonly canvas = document.createElement('canvas');
  // Kept off the GPU: thousands of tiny rectangles are cheaper drawn in memory and sent as one picture.
  private readonly pen = this.canvas.getContext('2d', { willReadFrequently: true });
  private ratio = 1;

  constructor(
    private readonly host: HTMLElement,
    private readonly camera: () => Camera,
    private readonly layers: readonly OverlayLayer[],
    resized: () => void,
  ) {
    this.canvas.className = 'overlay';
    this.canvas.setAttribute('aria-hidden', 'true');
    host.append(this.canvas);
    new ResizeObserver(() => {
      this.resize();
      resized();
    }).observe(host);
    this.resize();
  }

  paint(now: number): boolean {
    const pen = this.pen;
    if (!pen) return false;
    const camera = this.camera();
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, camera.width, camera.height);
    let moving = false;
    for (const layer of this.layers) moving = layer.draw(pen, camera, now) || moving;
    return moving;
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    const longest = Math.max(clientWidth, clientHeight, 1);
    this.ratio = Math.min(devicePixelRatio, SIDE_MAX_PX / longest);
    this.canvas.width = Math.round(clientWidth * this.ratio);
    this.canvas.height = Math.round(clientHeight * this.ratio);
  }
}
