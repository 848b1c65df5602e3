import { byId } from '../shared/dom';

export type Tab = 'plan' | 'years';

const TABS: readonly Tab[] = ['plan', 'years'];

/** The tabs of the page; the address keeps which one is open. */
export class Tabs {
  current: Tab = 'plan';

  constructor(private readonly onChange: (tab: Tab) => void) {
    for (const tab of TABS) {
      const button = byId(`tab-${tab}`);
      button.addEventListener('click', () => this.open(tab));
      button.addEventListener('keydown', (event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        const other = tab === 'plan' ? 'years' : 'plan';
        this.open(other);
        byId(`tab-${other}`).focus();
        event.preventDefault();
      });
    }
    addEventListener('hashchange', () => this.open(location.hash === '#years' ? 'years' : 'plan'));
  }

  /** Opens the tab that the address asks for. */
  start(): void {
    if (location.hash === '#years') this.open('years');
  }

  open(tab: Tab): void {
    if (tab === this.current) return;
    this.current = tab;
    for (const each of TABS) {
      const chosen = each === tab;
      byId(`tab-${each}`).setAttribute('aria-selected', String(chosen));
      byId(`tab-${each}`).tabIndex = chosen ? 0 : -1;
      byId(`panel-${each}`).hidden = !chosen;
    }
    byId('plan-body').dataset.tab = tab;
    history.replaceState(null, '', tab === 'years' ? '#years' : location.pathname + location.search);
    this.onChange(tab);
  }
}
