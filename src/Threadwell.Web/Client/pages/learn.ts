// The Learn page: motion while it is scrolled, the slider of the months, and one step per screen for a consultation.
import { Explorer } from '../learn/explorer';
import { Presentation } from '../learn/presentation';
import { Scroll } from '../learn/scroll';
import { Step } from '../learn/step';
import { story } from '../learn/story';
import { byId } from '../shared/dom';
import { facts } from '../shared/page';

const known = story(facts());
const steps = [...document.querySelectorAll<HTMLElement>('.learn-step')].map((element) => new Step(element, known));
const main = byId('content');
new Explorer(byId('explore'), known);
const scroll = new Scroll(main, steps);
new Presentation(main, steps, scroll);
