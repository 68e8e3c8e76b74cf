import './style.css';
import { keepDraft } from './draft';
import { enhanceForms } from './form';
import { watchLive } from './live';
import { enhancePhoto } from './photo';
import { enhancePlace } from './place';

// The pages are whole without this. What it adds: a form that is sent keeps what was typed whatever happens on the way,
// a place is taken from the device or the map, a photo is made smaller before it goes, and a case shows by itself how
// far it has come.

/** Everything in `main`, again whenever that was replaced. */
function enhance(): void {
  enhanceForms(enhance);
  keepDraft();
  enhancePlace();
  enhancePhoto();
}

enhance();
watchLive(enhance);
