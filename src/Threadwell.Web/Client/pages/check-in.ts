// The page of a check-in.
import { start } from '../check-in/page';
import { guardSignOut } from '../check-in/waiting';

void start();
guardSignOut();
