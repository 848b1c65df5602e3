import type { HeadScene } from '../scene/head-scene';
import { distanceToPath } from '../scene/vectors';
import { make } from '../shared/dom';
import { languageOf } from '../shared/engine';
import type { PlanPicture } from './picture';
import { capital } from './thread-list';
import type { DangerZone } from './types';
import { zoneDepth } from './words';

/** Names the danger zone under the pointer, with what is known of its depth; the table of zones says the same. */
export class ZoneTip {
  zones: readonly DangerZone[] = [];
  private readonly tip = make('p', { class: 'zone-tip small', 'aria-hidden': 'true', hidden: true });

  constructor(private readonly host: HTMLElement, private readonly scene: HeadScene, private readonly picture: PlanPicture) {
    host.append(this.tip);
    host.addEventListener('pointermove', (event) => this.onMove(event));
    host.addEventListener('pointerdown', (event) => this.onMove(event));
    host.addEventListener('pointerleave', () => (this.tip.hidden = true));
  }

  private onMove(event: PointerEvent): void {
    const over = event.target === this.scene.canvas && this.picture.isVisible && this.picture.shown.zones && (event.buttons === 0 || event.type === 'pointerdown');
    const zone = over && this.scene.skinSearch?.ready ? this.zoneAt(event) : null;
    this.tip.hidden = zone === null;
    if (!zone) return;
    const box = this.host.getBoundingClientRect();
    this.tip.replaceChildren(make('strong', { lang: languageOf(zone.name) }, capital(zone.name)), make('span', { class: 'block' }, zoneDepth(zone)));
    const left = event.clientX - box.left > 0.6 * box.width;
    this.tip.style.transform = `translate(${(event.clientX - box.left + (left ? -14 : 14)).toFixed(0)}px, ${(event.clientY - box.top + 16).toFixed(0)}px)${left ? ' translateX(-100%)' : ''}`;
  }

  private zoneAt(event: PointerEvent): DangerZone | null {
    const place = this.scene.pick(event.clientX, event.clientY);
    if (!place) return null;
    let best: DangerZone | null = null;
    let least = 0;
    for (const zone of this.zones) {
      const inside = distanceToPath(place.point, zone.course) - zone.reachMm;
      if (inside < least) {
        least = inside;
        best = zone;
      }
    }
    return best;
  }
}
