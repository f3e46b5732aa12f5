import { readFullPhone } from '../../phone.ts'
import { pattern, type Recogniser } from '../piece.ts'

/** What names a number that says nothing of money or days. */
const LABEL =
  '(?:qq群?号?|企鹅号?|微信号?|vx|wx|wechat(?: id)?|邮编|邮政编码|工号|员工号|座机号?|分机号?|传真号?|执照号?|营业执照号?|身份证号?码?|卡号|银行卡号?|账号|帐号|户号|证号|信用代码|统一社会信用代码|车牌号?|编号|合同号?|发票号?|单号|订单号|税号|房号|门牌号?|验证码|密码|型号|尾号|客服|热线|房间|[A-Z]座|商位|摊位|passport|room|unit|suite|flat|id(?: no)?|plate|zip|postcode|account(?: no)?)'
const STREET = '(?:路|街|道|巷|弄|胡同|里|村|区|园|苑|镇|屯|庄|桥|坊|大厦|广场|市场)'
const STREETS = '路街道巷弄胡里村区园苑镇屯庄桥坊大广市'
const PLACE =
  '(?:楼|店|线|码|院|门|仓|口|汽油|柴油|油|厅|车间|库|窗|桌|机|电池|房|铺|摊|档|棚|馆|地铁|公路|国道|高速|会议室|柜|站|厂|床|桩|井|地块|铁|街|路|电|航站楼|桥|公馆|公寓|小区|会所|渠|当铺|工地|色|鞋|球|种子|饮料|字体|钢|技师|人物)'
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])/g
/** Shops, sites and public services that are called by a number. */
const BRANDS =
  /(?<![\d.])(?:7-11|3M(?=[\u4e00-\u9fff])|1688|1919(?=酒)|58同城|361度|12306|12315|10086|10010|955\d\d)(?![\d.]|\s?[万千元块])/g
/** Words of digits and letters that are an amount, a time or a number of the list, and no code. */
const READABLE =
  '(?!\\d[\\d,.]{0,15}(?:w|k|m|million|am|pm|st|nd|rd|th|days?|weeks?|months?|rmb|cny|yuan|usd|eur|o+\\d*|x+)(?![\\w-]))(?!(?:rmb|cny|usd|eur|jpy|hkd|gbp)\\d)(?!\\d{1,2}-\\d{1,2}[a-z]\\b)'
const CODE = new RegExp(
  `(?<![\\w.])(?=[\\w-]{0,40}\\d)(?=[\\w-]{0,40}[A-Za-z_])${READABLE}[A-Za-z0-9_-]{3,60}`,
  'gi',
)
/** 店里6号见, 小区5号 could be a day: asked where one is looked for. */
const MAYBE_DAY = /[店家这那心手城镇县市]$/

export const LINKS: readonly Recogniser[] = [
  pattern(0, 'opaque', ['a', '.:'], /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff,。;、"]+/gi),
  pattern(0, 'opaque', ['@'], /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g),
]

export const OPAQUE: readonly Recogniser[] = [
  // A number with its name: QQ 123456789, 邮编310000, 工号 10086.
  pattern(
    1,
    'opaque',
    ['0'],
    new RegExp(
      `${LABEL}[是为要有:\\s]{0,3}(?=[\\w*-]{0,40}\\d)[A-Za-z0-9_*-]{3,40}(?![\\dA-Za-z]|\\s?[万亿元块])`,
      'gi',
    ),
  ),
  pattern(1, 'opaque', ['a'], PLATE),
  pattern(1, 'opaque', ['0'], BRANDS),
  // ID numbers and credit codes, with blanks where people put them.
  pattern(
    1,
    'identity',
    ['0'],
    /(?<![\w-])(?:\d{6} ?(?:19|20)\d{2} ?\d{4} ?\d{3}[\dX]|\d{15})(?!\w)/gi,
    ([said]) => ({ value: said.replaceAll(' ', '').toUpperCase() }),
  ),
  pattern(
    1,
    'identity',
    ['0'],
    /(?<![\w-])[0-9A-HJ-NPQRTUWXY]{2} ?\d{6} ?[0-9A-HJ-NPQRTUWXY]{10}(?!\w)/gi,
    ([said]) => ({ value: said.replaceAll(' ', '').toUpperCase() }),
  ),
  pattern(1, 'opaque', ['0'], /(?<![\w-])\d{16,19}(?!\w)/g),
  pattern(2, 'opaque', ['0', 'a_'], CODE, ([said]) =>
    /\d.*[A-Za-z]{2,}|[A-Za-z_].*\d/.test(said) &&
    !/^\d{1,3}(?:and|to|no|interested|declined|thinking|applied|granted|busy)/i.test(said)
      ? { value: null }
      : null,
  ),
  // Addresses.
  pattern(
    2,
    'opaque',
    ['0', STREETS],
    new RegExp(`(?<!\\d)\\d{1,4}(?:\\.\\d{1,2})?${STREET}\\d{1,5}(?:-\\d{1,4})*号?`, 'g'),
  ),
  pattern(
    2,
    'opaque',
    ['0', STREETS],
    new RegExp(
      `(?<=[\\u4e00-\\u9fff])${STREET}\\s?\\d{1,5}(?:-\\d{1,4}){0,4}(?:号(?:${PLACE}|\\d{1,5}室)?|[弄栋幢室](?:\\d{1,5}[号室])?)`,
      'g',
    ),
    ({ 0: said, index }, { text }) =>
      /^[里区园市]/.test(said) &&
      !/[-弄栋幢室]/.test(said) &&
      MAYBE_DAY.test(text.slice(Math.max(0, index - 1), index))
        ? null
        : { value: null },
  ),
  pattern(
    2,
    'opaque',
    ['号'],
    new RegExp(
      `(?:地铁|高铁|公交|动车)?(?<!\\d)第?(?:\\d{1,3}|[一二三四五六七八九十]{1,3})号${PLACE}[\\u4e00-\\u9fff]?`,
      'g',
    ),
  ),
  pattern(
    2,
    'opaque',
    ['0', '地公国省高'],
    /(?:地铁|公交|国道|省道|高速)\s?\d{1,5}(?:号?线?|路)(?:\d{1,3}号口)?/g,
  ),
  // 东街12-8, 城北12/5号.
  pattern(
    2,
    'opaque',
    ['0', '-/'],
    /(?<=[\u4e00-\u9fff][路街道巷弄])\d{1,5}(?:-\d{1,4}){1,3}(?!\s?[万千\d-])|(?<=[东西南北门口])\d{1,4}\/\d{1,4}号/g,
  ),
  // 学号2019001, 会员号 100200300: a number with its name, whatever is numbered.
  pattern(
    2,
    'opaque',
    ['0', '号码'],
    /(?<=(?<![\d一二三四五六七八九十第])[号码][:\s]{0,2})\d{3,12}(?![\d.]*\s?[万千亿元块wk])/g,
  ),
  // 规格12/5, 12-5型号, 3/4英寸.
  pattern(
    2,
    'opaque',
    ['0', '/-'],
    /(?<=规格|型号|尺寸|比例)\d{1,3}[/-]\d{1,3}|(?<![\d/-])\d{1,3}[/-]\d{1,3}(?=\s?(?:英寸|寸|产权|型|规格|螺|管|钢))/g,
  ),
  // Fractions and shares.
  pattern(
    2,
    'opaque',
    ['0', '/'],
    /(?<![\d/])\d{1,3}\/\d{1,3}(?=成|股|份|G\b|的股|G[\u4e00-\u9fff])G?/gi,
  ),
  pattern(2, 'opaque', ['0', '%‰°点'], /(?<!\d)\d{1,9}(?:\.\d{1,6})?(?:%|‰|°|个点(?!\d))/g),
  pattern(2, 'opaque', ['0', 'a'], /(?<![\d.])\d{1,3}G(?![a-z])/gi),
]

const LABELLED = '(?:(?:联系)?(?:电话|手机|号码|手机号|tel|phone|mobile)号?码?\\s?[:是]?\\s?)?'
const e164 = (said: string) => {
  const value = readFullPhone(said)
  return value === null ? null : { value }
}

/** Numbers of telephones. Without an area code a number of a line is none. */
export const PHONES: readonly Recogniser[] = [
  pattern(
    1,
    'phone',
    ['1'],
    new RegExp(
      `${LABELLED}(?<![\\d+]|\\+(?!86)\\d{1,3}[ -])(?<number>(?:\\(?\\+?86\\)?[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4})(?!\\d)`,
      'gi',
    ),
    ({ groups }) => e164(groups?.['number'] ?? ''),
  ),
  pattern(
    1,
    'phone',
    ['0'],
    new RegExp(
      `${LABELLED}(?<!\\d)(?<number>\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?[ -]?[2-9]\\d{6,7})(?!\\d)(?:\\s?(?:转|分机)\\s?\\d{1,6})?`,
      'gi',
    ),
    ({ groups }) => e164(groups?.['number'] ?? ''),
  ),
  pattern(1, 'phone', ['48'], /(?<!\d)[48]00[ -]?\d{3}[ -]?\d{4}(?!\d)/g, ([said]) => e164(said)),
  pattern(1, 'phone', ['+'], /\+(?!86)\d{1,3}(?:[ -]?\d{2,5}){2,4}(?!\d)/g, ([said]) => e164(said)),
]
