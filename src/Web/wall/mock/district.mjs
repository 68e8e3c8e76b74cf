import { centroid, divide, outline, seeded } from './geometry.mjs';

/**
 * @typedef {import('../../core/protocol').Tier} Tier
 * @typedef {import('../../core/protocol').Category} Category
 * @typedef {{ code: string, name: string, tier: Tier, parent: string | null, children: Area[],
 *   ring: import('./geometry.mjs').Point[], centre: import('./geometry.mjs').Point }} Area
 */

export const TOP = '450105';
const TOWNS = ['福建园', '江南', '那洪', '沙井', '五一', '江西', '吴圩', '苏圩', '延安'];
const SUBDISTRICTS = 5;
const COMMUNITIES = 116;
const GRIDS = 418;
const FIRST = ['平', '新', '金', '凤', '龙', '明', '石', '南', '永', '和', '富', '白', '星', '翠', '同', '安'];
const SECOND = ['阳', '华', '岭', '湾', '塘', '乐', '德', '坡', '柳', '泉', '桥', '园'];

/** @type {readonly Category[]} */
export const CATEGORIES = [
  { code: 'UM01', name: '井盖缺失', nameEn: 'Missing manhole cover', line: 'UrbanManagement' },
  { code: 'UM02', name: '占道经营', nameEn: 'Street vending', line: 'UrbanManagement' },
  { code: 'UM03', name: '暴露垃圾', nameEn: 'Exposed rubbish', line: 'UrbanManagement' },
  { code: 'PS01', name: '邻里纠纷', nameEn: 'Neighbour dispute', line: 'PublicSecurity' },
  { code: 'PS02', name: '流动人口登记', nameEn: 'Newcomer registration', line: 'PublicSecurity' },
  { code: 'CA01', name: '独居老人关爱', nameEn: 'Elder living alone', line: 'CivilAffairs' },
  { code: 'PT01', name: '信访诉求', nameEn: 'Petition', line: 'Petitions' },
  { code: 'EM01', name: '消防通道堵塞', nameEn: 'Blocked fire lane', line: 'Emergency' },
  { code: 'EM02', name: '内涝积水', nameEn: 'Street flooding', line: 'Emergency' },
  { code: 'PB01', name: '党员报到服务', nameEn: 'Party member service', line: 'PartyBuilding' },
  { code: 'EP01', name: '病媒防制', nameEn: 'Disease vector control', line: 'Epidemic' },
];

/** Builds the invented district: 9 towns, 116 communities, 418 grids. @returns {Map<string, Area>} by code */
export function buildDistrict() {
  const random = seeded(450105);
  const areas = /** @type {Map<string, Area>} */ (new Map());
  /** @param {string} code @param {string} name @param {Tier} tier @param {Area | null} parent @param {any} ring */
  const add = (code, name, tier, parent, ring) => {
    const area = { code, name, tier, parent: parent?.code ?? null, children: [], ring, centre: centroid(ring) };
    areas.set(code, area);
    parent?.children.push(area);
    return area;
  };
  const top = add(TOP, '江南区', 'District', null, outline([108.31, 22.72], 0.16, random));
  const shares = spread(COMMUNITIES, TOWNS.length);
  const gridsLeft = { grids: GRIDS, communities: COMMUNITIES };
  divide(top.ring, TOWNS.length, random).forEach((townRing, t) => {
    const street = t < SUBDISTRICTS;
    const number = String(street ? t + 1 : 100 + t - SUBDISTRICTS).padStart(3, '0');
    const town = add(TOP + number, TOWNS[t] + (street ? '街道' : '镇'), 'Town', top, townRing);
    divide(townRing, shares[t] ?? 1, random).forEach((ring, c) => {
      const index = t * 13 + c;
      const name = `${FIRST[index % FIRST.length]}${SECOND[(index * 5 + t) % SECOND.length]}${street ? '社区' : '村'}`;
      const code = town.code + String(street ? c + 1 : 200 + c).padStart(3, '0');
      const community = add(code, name, 'Community', town, ring);
      const count = Math.round(gridsLeft.grids / gridsLeft.communities--);
      gridsLeft.grids -= count;
      divide(ring, count, random).forEach((gridRing, g) => {
        add(code + String(g + 1).padStart(3, '0'), `${name}第${g + 1}网格`, 'Grid', community, gridRing);
      });
    });
  });
  return areas;
}

/** @param {Area[]} areas @returns {import('../../core/protocol').AreaShapes} */
export function shapesOf(areas) {
  return {
    type: 'FeatureCollection',
    features: areas.map(({ code, name, tier, parent, ring }) => ({
      type: 'Feature',
      properties: { code, name, tier, parent },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] ?? [0, 0]]] },
    })),
  };
}

/** @param {number} total @param {number} parts */
function spread(total, parts) {
  return Array.from(
    { length: parts },
    (_, i) => Math.floor((total * (i + 1)) / parts) - Math.floor((total * i) / parts),
  );
}
