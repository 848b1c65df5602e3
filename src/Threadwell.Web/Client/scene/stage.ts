import { DirectionalLight, HemisphereLight, PerspectiveCamera, Scene, WebGLRenderer } from 'three';

const MOST_PIXELS_PER_PIXEL = 2;

// Where frames come later than this after they were asked for, moving pictures are drawn with fewer pixels, and sharp again once they rest.
const LATE_MS = 50;
const COARSE_SHARE = 0.5;
const REST_MS = 260;

// A processor that draws in place of a graphics card smooths edges at rest alone, by more pixels, and leaves its time to what is computed while something moves.
const REST_SHARE_BY_SOFTWARE = 1.6;

// Least time between frames there while the server is to have the processor.
const SPARING_GAP_MS = 170;

/** Canvas, light and camera. Draws a frame only when one is asked for, and with fewer pixels where the machine is slow. */
export class Stage {
  readonly canvas = document.createElement('canvas');
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(24, 1, 20, 6000);
  /** Called before each frame with the time. */
  before: (now: number) => void = () => {};
  /** Called when the picture's form has changed. */
  onResize: () => void = () => {};
  // Null where the browser has no WebGL: then nothing is drawn.
  private readonly renderer: WebGLRenderer | null;
  private readonly watcher: ResizeObserver;
  private asked = false;
  private askedAt = 0;
  private drawnAt = 0;
  /** Leaves the processor to others where it draws in place of a graphics card. */
  sparing = false;
  private lateness = 0;
  private coarse: boolean;
  private readonly restShare: number;
  private rest = 0;
  private disposed = false;

  constructor(private readonly container: HTMLElement, supported: boolean) {
    container.append(this.canvas);
    this.canvas.hidden = !supported;
    const bySoftware = supported && drawsBySoftware();
    this.restShare = bySoftware ? REST_SHARE_BY_SOFTWARE : 1;
    this.renderer = supported ? new WebGLRenderer({ canvas: this.canvas, antialias: !bySoftware, alpha: true }) : null;
    this.coarse = bySoftware;
    this.renderer?.setClearAlpha(0);
    this.light();
    this.canvas.addEventListener('webglcontextrestored', () => this.invalidate());
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(container);
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  // A soft key from the viewer's upper left, a fill from the right and a rim from behind, fixed to the viewer, so that no turn leaves the face in the dark. Together they light
  // skin that faces the viewer to about its own colour, and the colours of a scale stay what they are.
  private light(): void {
    const key = new DirectionalLight(0xfff6ee, 1.75);
    key.position.set(-0.75, 0.85, 1.0);
    const fill = new DirectionalLight(0xeaf2ff, 0.75);
    fill.position.set(1.0, 0.05, 0.75);
    const rim = new DirectionalLight(0xffffff, 0.55);
    rim.position.set(0.35, 0.55, -1);
    this.camera.add(key, key.target, fill, fill.target, rim, rim.target);
    this.scene.add(this.camera, new HemisphereLight(0xffffff, 0xd9c3b8, 1.05));
  }

  /** Asks for a frame. */
  invalidate(): void {
    if (this.asked || this.disposed) return;
    this.asked = true;
    // Asking for each of the frames in a gap would have the browser compose the whole page for every one.
    const gap = this.spares ? this.drawnAt + SPARING_GAP_MS - performance.now() : 0;
    if (gap > 0) window.setTimeout(this.ask, gap);
    else this.ask();
  }

  private readonly ask = (): void => {
    this.askedAt = performance.now();
    requestAnimationFrame(this.onTime);
  };

  private readonly onTime = (now: number): void => {
    this.lateness += 0.25 * (performance.now() - this.askedAt - this.lateness);
    if (!this.coarse && (this.restShare > 1 || this.lateness > LATE_MS)) this.setCoarse(true);
    if (this.coarse) this.restLater();
    this.draw(now);
  };

  // A picture with more pixels costs several coarse ones: none while others are to have the processor.
  private restLater(): void {
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      if (this.spares) {
        this.restLater();
        return;
      }
      this.setCoarse(false);
      this.draw(performance.now());
    }, REST_MS);
  }

  private get spares(): boolean {
    return this.sparing && this.restShare > 1;
  }

  private draw(now: number): void {
    this.asked = false;
    this.drawnAt = now;
    if (this.disposed || !this.renderer || this.container.clientWidth === 0) return;
    this.before(now);
    this.renderer.render(this.scene, this.camera);
  }

  private setCoarse(coarse: boolean): void {
    this.coarse = coarse;
    this.fitRenderer();
  }

  private fitRenderer(): void {
    this.renderer?.setPixelRatio(Math.min(devicePixelRatio, MOST_PIXELS_PER_PIXEL) * (this.coarse ? COARSE_SHARE : this.restShare));
    this.renderer?.setSize(this.container.clientWidth, this.container.clientHeight, false);
  }

  /** Fits the picture to its container. */
  resize(): void {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.fitRenderer();
    this.camera.aspect = clientWidth / clientHeight;
    this.camera.updateProjectionMatrix();
    this.onResize();
    // In the same frame: a canvas that changed its size is empty until it is drawn.
    this.draw(performance.now());
  }

  /** The picture as it is seen now, as PNG of a size in pixels. */
  async picture(width: number, height: number): Promise<Blob> {
    if (!this.renderer) throw new Error('This browser cannot draw in three dimensions.');
    this.renderer.setPixelRatio(1);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.renderer.render(this.scene, this.camera);
    const blob = await new Promise<Blob | null>((resolve) => {
      this.canvas.toBlob(resolve, 'image/png');
      this.resize();
    });
    if (!blob) throw new Error('The picture could not be made.');
    return blob;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.rest);
    this.watcher.disconnect();
    this.renderer?.dispose();
    this.canvas.remove();
  }
}

// Asks a canvas of its own, because smoothing must be chosen before the picture's own canvas can say who draws it.
function drawsBySoftware(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  const names = probe?.getExtension('WEBGL_debug_renderer_info');
  const renderer = probe && names ? String(probe.getParameter(names.UNMASKED_RENDERER_WEBGL)) : '';
  probe?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(renderer);
}
