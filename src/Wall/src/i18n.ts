// Every word on the wall, in both languages, in one table.
const TEXT = {
  title: ['网格治理指挥中心', 'GridMesh Command Centre'],
  open: ['在办事件', 'Open cases'],
  overdue: ['超期事件', 'Overdue'],
  reported: ['今日上报', 'Reported today'],
  closed: ['今日办结', 'Closed today'],
  onduty: ['在岗网格员', 'On duty'],
  alarms: ['未处置告警', 'Open alarms'],
  patrols: ['今日巡查', 'Patrols today'],
  patrolsMissed: ['漏巡', 'missed'],
  funnel: ['闭环处置', 'Closed loop'],
  lines: ['七条线在办', 'Open by line'],
  feed: ['实时事件', 'Live cases'],
  ranking: ['下级排名', 'Ranking'],
  absent: ['{0} 个区域或网格无法唤醒,数字缺失或过时', '{0} areas or grids cannot be woken: numbers are missing or old'],
  roster: ['网格员', 'Workers'],
  byOpen: ['在办', 'open'],
  byOverdue: ['超期', 'overdue'],
  legend: ['在办事件数', 'Open cases'],
  waiting: ['待分流', 'waiting'],
  returned: ['退回', 'returned'],
  noCases: ['暂无在办事件', 'No open cases'],
  noWorkers: ['暂无网格员', 'No workers'],
  noMap: ['本机不支持 WebGL,使用简化地图', 'No WebGL here: simplified map'],
  path: ['所在区域', 'Where the wall stands'],
  back: ['返回上一级', 'Up one tier'],
  language: ['EN', '中文'],
  languageLabel: ['Switch to English', '切换到中文'],
  signOut: ['退出', 'Sign out'],
  signIn: ['登录', 'Sign in'],
  signInChoose: ['选择一个演示身份', 'Choose a demonstration identity'],
  signInPaste: ['粘贴访问令牌', 'Paste an access token'],
  signInExpired: ['登录已过期,请重新登录', 'Your sign-in has expired'],
  signInBad: ['令牌无效或已过期', 'This token is not valid or has expired'],
  signInFailed: ['服务器没有应答,请稍后再试', 'The server does not answer; try again shortly'],
  signInAt: ['{0}登录', 'Sign in with {0}'],
  openIdTitle: ['统一身份认证', 'single sign-on'],
  signedOut: ['已退出', 'You are signed out'],
  refusedNoRole: ['该账号在本系统没有角色,请联系管理员', 'You have no role here; ask your administrator for one'],
  refusedSeveralRoles: [
    '该账号在本系统有多个角色,须只保留一个,请联系管理员',
    'You have several roles here and may have one; ask your administrator',
  ],
  refusedIncomplete: [
    '该账号的区域、业务线或人员编号缺失或有误,请联系管理员',
    'Your area, lines or worker id are missing or wrong; ask your administrator',
  ],
  refusedFailed: ['登录未完成,请重试', 'The sign-in did not come to its end; try again'],
  refusedAway: ['统一身份认证没有应答,稍后自动重试', 'The identity service does not answer; it is tried again shortly'],
  refused: ['无权查看该区域', 'That area is not open to you'],
  connecting: ['正在连接', 'Connecting'],
  live: ['实时', 'Live'],
  reconnecting: ['正在重连', 'Reconnecting'],
  stale: ['数据已过期', 'Data is stale'],
  staleFor: ['画面停留在 {0} 前', 'Showing the state of {0} ago'],
  attempt: ['第 {0} 次', 'attempt {0}'],
  dataAge: ['数据 {0} 前', 'data {0} ago'],
  dataAt: ['数据时间', 'as of'],
  seconds: ['{0} 秒', '{0} s'],
  minutes: ['{0} 分', '{0} min'],
  hours: ['{0} 小时', '{0} h'],
  days: ['{0} 天', '{0} d'],
  province: ['省', 'Province'],
  city: ['市', 'City'],
  district: ['县区', 'District'],
  town: ['镇街', 'Town'],
  community: ['社区', 'Community'],
  grid: ['网格', 'Grid'],
  workerOnDuty: ['在岗', 'On duty'],
  workerOffDuty: ['离岗', 'Off duty'],
  workerSilent: ['失联', 'Silent'],
  caseNormal: ['一般', 'Normal'],
  caseUrgent: ['紧急', 'Urgent'],
  caseMajor: ['重大', 'Major'],
  stepReported: ['已上报', 'Reported'],
  stepDispatched: ['已交办', 'Dispatched'],
  stepHandling: ['处置中', 'Handling'],
  stepReturned: ['已退回', 'Returned'],
  stepInspecting: ['核查中', 'Inspecting'],
  stepFeedback: ['待反馈', 'Feedback'],
  stepClosed: ['已办结', 'Closed'],
  stepEvaluated: ['已评议', 'Evaluated'],
  stepRejected: ['不予受理', 'Rejected'],
  stepMerged: ['已合并', 'Merged'],
  loopReported: ['事件上报', 'Reported'],
  loopDispatched: ['分流交办', 'Dispatched'],
  loopHandling: ['服务处置', 'Handling'],
  loopInspecting: ['检查监督', 'Inspecting'],
  loopFeedback: ['结果反馈', 'Feedback'],
  loopClosed: ['今日办结', 'Closed today'],
  pages: ['页面', 'Pages'],
  pageLive: ['实时', 'Live'],
  pageIndices: ['考核', 'Indices'],
  pageReview: ['研判', 'Review'],
  asking: ['正在查询', 'Asking'],
  answeredAt: ['更新于 {0}', 'as of {0}'],
  noAnswer: ['没有应答', 'No answer'],
  lastAnswer: ['没有应答 · 画面停留在 {0}', 'No answer · showing what was said at {0}'],
  refusedPage: ['无权查看该页面', 'This page is not open to you'],
  refusedToken: ['登录已失效,正在重新登录', 'Your sign-in is no longer accepted; signing in again'],
  refusedQuestion: ['服务器不接受该查询', 'The server does not take this question'],
  noData: ['尚无数据', 'No data yet'],
  sheet: ['下载 CSV', 'Download CSV'],
  sheetFailed: ['下载失败', 'Download failed'],
  spanHour: ['今日 · 时', 'Today · hours'],
  spanDay: ['31 天 · 日', '31 days'],
  spanMonth: ['12 月 · 月', '12 months'],
  spans: ['统计周期', 'Span'],
  before: ['环比', 'vs before'],
  yearBefore: ['同比', 'vs last year'],
  better: ['向好', 'better'],
  worse: ['变差', 'worse'],
  points: ['百分点', 'pp'],
  ofFive: ['/ 5 分', '/ 5'],
  minuteUnit: ['分', 'min'],
  rateDispatch: ['准确派遣率', 'Accurate dispatch'],
  rateOnTime: ['按期处置率', 'Handled on time'],
  rateClosing: ['按期结案率', 'Closed on time'],
  rateRework: ['返工率', 'Rework'],
  rateRepeat: ['重复率', 'Repeated'],
  rateSatisfaction: ['满意度', 'Satisfaction'],
  ratePatrols: ['巡查覆盖率', 'Patrol coverage'],
  rateAccept: ['平均接单用时', 'Average to acceptance'],
  rateWait: ['平均派遣用时', 'Average to dispatch'],
  rateHandle: ['平均办理用时', 'Average handling'],
  shortDispatch: ['派遣准确', 'Dispatch'],
  shortOnTime: ['按期处置', 'On time'],
  shortClosing: ['按期结案', 'Closing'],
  shortRework: ['返工', 'Rework'],
  shortRepeat: ['重复', 'Repeat'],
  shortSatisfaction: ['满意度', 'Score'],
  shortPatrols: ['巡查', 'Patrols'],
  shortAccept: ['接单/分', 'Accept, min'],
  shortWait: ['派遣/分', 'Wait, min'],
  shortHandle: ['办理/分', 'Handle, min'],
  trend: ['走势', 'Trend'],
  drawnReported: ['上报', 'reported'],
  drawnClosed: ['结案', 'closed'],
  drawnOverdue: ['超期', 'overdue'],
  areasBelow: ['下级区域', 'Areas below'],
  area: ['区域', 'Area'],
  sortHint: ['点击列名排序,点击区域进入', 'Choose a column to sort, an area to go there'],
  reviewOpen: ['未结事件', 'Still open'],
  reviewOldest: ['未结最久', 'Open the longest'],
  reviewRepeats: ['反复发生', 'Comes again and again'],
  reviewShared: ['共性问题', 'Shared by several areas'],
  reviewPeriod: ['研判周期 {0}', 'Period {0}'],
  periodLast: ['上期', 'Last period'],
  periodRunning: ['本期至今', 'This one so far'],
  reviewTooHigh: ['研判从县区开始,请先进入一个县区', 'The review starts at a district; go to one first'],
  ageWeek: ['7 天内', '≤ 7 days'],
  ageFortnight: ['8–15 天', '8–15 days'],
  ageMonth: ['16–30 天', '16–30 days'],
  ageLonger: ['30 天以上', '> 30 days'],
  allCategories: ['全部类别', 'All categories'],
  onlyCategory: ['只看“{0}”', 'Only “{0}”'],
  times: ['{0} 次', '{0}×'],
  spot: ['{0} 次集中在百米内', '{0} within 100 m'],
  showPlace: ['在实时地图上查看', 'Show on the live map'],
  noOpen: ['没有未结事件', 'Nothing is open'],
  noRepeats: ['没有反复发生的问题', 'Nothing came again and again'],
  noShared: ['没有共性问题', 'Nothing is shared'],
  repeatsHere: ['反复 {0}', 'repeats {0}'],
  linePartyBuilding: ['党建', 'Party building'],
  linePublicSecurity: ['综治', 'Public security'],
  lineCivilAffairs: ['民政', 'Civil affairs'],
  lineUrbanManagement: ['城管', 'Urban management'],
  linePetitions: ['信访', 'Petitions'],
  lineEmergency: ['应急', 'Emergency'],
  lineEpidemic: ['防疫', 'Epidemic'],
} as const satisfies Record<string, readonly [string, string]>;

export type TextKey = keyof typeof TEXT;
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const REMEMBERED_AS = 'gridmesh.lang';
const HTML_LANG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/** Chosen in the address, else remembered, else the first of the browser's languages that we speak, else Chinese. */
export function chooseLanguage(asked: string | null, remembered: string | null, browser: readonly string[]): Language {
  const wanted = [asked, remembered, ...browser].map(tag => tag?.slice(0, 2).toLowerCase());
  return LANGUAGES.find(language => language === wanted.find(tag => isLanguage(tag))) ?? 'zh';
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === 'zh' || tag === 'en';
}

let current: Language = 'zh';
const bound: { readonly element: HTMLElement; readonly key: TextKey; readonly attribute: string | null }[] = [];

export function language(): Language {
  return current;
}

/** Switches every bound text at once and tells the browser which language the page is in. */
export function setLanguage(next: Language, remember: boolean): void {
  current = next;
  if (remember) localStorage.setItem(REMEMBERED_AS, next);
  document.documentElement.lang = HTML_LANG[next];
  document.title = t('title');
  for (const { element, key, attribute } of bound) write(element, key, attribute);
}

export function rememberedLanguage(): string | null {
  return localStorage.getItem(REMEMBERED_AS);
}

/** The text for a key; `{0}` is replaced by the argument. */
export function t(key: TextKey, argument?: string | number): string {
  const text = TEXT[key][current === 'zh' ? 0 : 1];
  return argument === undefined ? text : text.replace('{0}', String(argument));
}

/** The text for a name that comes from the server, such as `stepHandling`; the name itself when we have none. */
export function tName(prefix: 'step' | 'line' | 'worker' | 'case' | 'loop', name: string): string {
  const key = prefix + name;
  return key in TEXT ? t(key as TextKey) : name;
}

/** Binds an element that lives as long as the page; it follows the language from now on. */
export function bindText<T extends HTMLElement>(element: T, key: TextKey, attribute: string | null = null): T {
  bound.push({ element, key, attribute });
  write(element, key, attribute);
  return element;
}

function write(element: HTMLElement, key: TextKey, attribute: string | null): void {
  if (attribute === null) element.textContent = t(key);
  else element.setAttribute(attribute, t(key));
}

/** A span of time in its largest sensible unit. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return t('seconds', seconds);
  if (seconds < 3_600) return t('minutes', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('hours', Math.floor(seconds / 3_600));
  return t('days', Math.floor(seconds / 86_400));
}

/** A time of the wall's own clock, as the header shows it. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(current === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
}

const numbers = [0, 1, 2].map(digits => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits }));
/** A number with separators, the same in both languages; with at least so many digits behind the point, up to two. */
export function count(value: number, digits = 0): string {
  return numbers[digits]?.format(value) ?? String(value);
}
