// What is said of money, and of numbers that are none.

export const YUAN = '(?:元(?![旦宵])|块钱?|人民币|rmb|cny|yuan)'
/** Before a number: it is yuan. */
export const YUAN_SIGN = '(?:人民币|¥|rmb|cny)\\s{0,2}'
/** Any other currency, which is asked about. */
export const FOREIGN =
  '(?:美元|美金|美刀|刀乐|欧元|日元|日币|港币|港元|港纸|英镑|韩元|韩币|台币|澳元|卢布|泰铢|[\\u4e00-\\u9fff]?(?:币|镑|盾|刀|法郎)|(?!万|亿|千|百)[加新港澳台韩欧美日泰越]元|usd|us\\$|eur|hkd|jpy|gbp|[$€£]|dollars?|euros?|bucks)'
/** Before an amount: only a limit of it is said, on its other side. */
export const COMPARED =
  /(?:小于|少于|低于|不到|不足|超过|高于|大于|多于|至少|最少|起码|近|less than|more than|over|under|below|above|up to|at (?:least|most))\s*$/i
/** Behind an amount: the same. */
export const LIMITED = /^(?:以内|以上|以下|之内|起(?!见)|出头|上下浮动|\+)/

/** Money that is spoken of and not asked for. */
export const OF_SOMETHING =
  /(?:流水|房贷|车贷|(?:他行|别家|(?:别的?|其他的?|其它的?|另一家?)银?行|[工农中建交招]行)(?:已经?)?[给批放做贷]了?|(?:现有|已有|原有|他行|别家|已经?)[^\s,;。]{0,4}贷款?了?|营业额|销售额?|销量|收入|利润|欠款?|房租|租金|资产|房价|市值|负债|押金|罚款|额度用了|注册资本|资本|进货|花了|成本|赚了|应收款|税交了|投了|turnover|sales|rent|debt)(?:大概|大约|约|有|是|为|才|只有|花了?|of|is)?\s*$/i

/** What a number counts that is no money. */
export const COUNTED =
  '[%‰°点时分秒人次家台岁期平楼栋笔张户单季折倍成位套辆件趟回遍层间箱吨斤米亩只头双盒瓶袋桶棵匹](?!民币)|号|小时|分钟|周岁|公里|年|天|个(?!月)(?=[\\u4e00-\\u9fff])'
export const COUNTED_EN =
  '\\s?(?:月|日|st|nd|rd|th|days?|weeks?|months?|years?|times|am|pm|staff|people|persons?|employees|calls?|shops?)\\b'
/** With a unit of thousands: 3万台, 一千户. */
export const COUNTED_IN_UNITS = /^(?:[台家户件套辆张次平](?!底)|人(?!民币)|个(?!$))/

/** The last character before a bare number that is money. */
export const WANTS =
  /(?:要|贷|借|款|额|意向|兴趣|想|需|有|约|共|是|做|办|批|放|给|到|概|度|(?<!单)元)$/

/** Written as an amount at a form's field: 金额（万）50. */
export const IN_UNITS = '(?:金额|额度|贷款)\\s?\\((?<unit>万元?|千元?|元)\\)\\s?:?\\s?'

/** What may touch an amount; any other letter there leaves it in doubt. */
export const BEFORE_AMOUNT =
  /(?:要|贷|借|想|款|额|度|请|办|做|批|放|给|到|约|概|共|再|多|少|码|需|有|来|先|就|是|用|和|的|了|吧|说|让|下|另|加|续|求|为|个)$/
export const AFTER_AMOUNT =
  /^(?:左右|上下|以内|以上|以下|之内|出头|封顶|起|吧|的|了|呢|啊|就|够|再|先|还|或|和|分|用|做|买|进|备|周|资|额|贷|给|也|都|见|来|去|带|要|说|办|行|可以)/
/** A bare number that the word before it names: 发票号 12345678. */
export const NUMBER_OF = /(?:号|码|群|编|id|no\.?)[\s:]*$/i
