import { facts, text } from '../shared/page';
import { ask } from '../shared/api';
import { firstLook } from '../plan/first-look';
import { HeadScene } from '../scene/head-scene';
import { byId, make } from '../shared/dom';
import { PlanPage } from '../plan/plan-page';
import { PlanStore } from '../plan/store';
import { Tabs } from '../plan/tabs';
import type { Plan, Scan } from '../plan/types';
import { mountYears } from '../years/years';

interface PlanFacts {
  planId: string;
  scanId: string;
  surface: string;
  picture: string;
}

const { planId, scanId, surface, picture } = facts<PlanFacts>();
const host = byId('scene');
const scene = new HeadScene(host, text('scene.label'));
const data = Promise.all([ask<Plan>('GET', `/api/plans/${planId}`), ask<Scan>('GET', `/api/scans/${scanId}`)]);
await scene.load(surface);
byId('scene-loading').remove();
if (!HeadScene.supported()) {
  host.append(make('div', { class: 'flat-picture' }, make('p', { class: 'notice' }, text('noWebgl')), make('img', { src: picture, alt: text('picture') })));
  host.classList.add('is-flat');
}
host.dataset.ready = 'true';
const [plan, scan] = await data;
firstLook(scene, plan.draft);
// The head is seen before anything else is prepared; a page in the background, which draws nothing, goes on all the same.
await new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 200);
});
const store = new PlanStore(plan);
let yearsMounted = false;
const tabs = new Tabs((tab) => {
  page.show(tab === 'plan');
  if (tab === 'years' && !yearsMounted) {
    yearsMounted = true;
    const panel = byId('panel-years');
    const inside = make('div', { class: 'years' });
    panel.replaceChildren(inside);
    const years = mountYears(inside, { scan, predictions: () => store.plan.predictions, refresh: () => store.refresh() });
    store.subscribe((change) => {
      if (change === 'plan') years.update();
    });
  }
});
const page = new PlanPage(scene, scan, store, tabs);
page.show(true);
page.start();
tabs.start();
