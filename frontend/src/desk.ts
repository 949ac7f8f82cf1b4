// The islands of the desk. Every page works without them; with them, what changes is fetched and put in its place.
import "htmx.org";
import { arcs } from "./arcs";
import { keys } from "./keys";
import { map } from "./map";

keys(document);
arcs(document);
map(document);
