import { NUMBER } from '../../../bot/grammar/number.ts'
import { COMPARING, daysMeant, limitMeans, usageMeans, worthMeans } from './bounds.ts'
import { SOURCE, sourcesMeant } from './source-words.ts'
import type { Word } from './word.ts'

const YUAN = `(?<amount>(?:\\d{1,3}(?:,\\d{3})+|${NUMBER})(?:万|亿|元|w)?)`

const word = (said: string, means: Word['means']): Word => ({ said, means })

/** Nobody asks by it; it may stand anywhere. */
const FILLERS =
  '请问|请|有|麻烦|帮我?|给我|我想知道|想知道|看看|看一?下|看下|查一?下|查查|列一?下|列出来?|列出|一共|总共|合计|现在|目前|名下|手上|手里|里面?|中|当中|情况|怎么样|如何|了|过|和|与|以及|或者?|跟|还|都|也|已经?|是|在|啊|呀|吗|呢|吧|户|家|个|位|名|件|笔|次|伐|,|、|。|\\?|!|:|;|-|·|的话'

const COUNT_OF = '(?:户|家|个|位|名|件|笔|次|人|条)?'

/** 好久没联系: the answer says how many days that is. */
const LONG_DAYS = 30

/** What Chinese questions are made of. */
export const ZH: readonly Word[] = [
  word(FILLERS, {}),
  word('的', { joins: true }),

  // What asks.
  word(`有?(?:哪些|哪几${COUNT_OF}|些什么)`, { asks: true, as: 'list' }),
  word(`有?(?:多少|几)(?:个|位|名|件|笔|次|人|条)?`, { asks: true, as: 'count' }),
  word('有?(?:多少|几)(?:户|家)', { asks: true, as: 'count', else: 'clients' }),
  word('名单|列表|清单', { asks: true, as: 'list' }),
  word('有没有', { asks: true, as: 'list' }),
  word('(?:数量|户数|人数|件数|次数)(?:是?多少)?', { asks: true, as: 'count' }),
  word('总额|总金额|金额|合计金额|多少钱|多少万', { asks: true, as: 'sum' }),
  word('有?(?:什么|啥)(?:安排|事体|事儿|事情?|任务|活儿?)?|日程|要(?:干嘛|干什么|做什么|干啥)', {
    asks: true,
    as: 'list',
    else: 'tasks',
  }),
  word('谁|哪些?(?:人|经理|客户经理)|哪[几个位]+(?:人|经理)', { asks: true, who: true }),

  // What is asked for.
  word('(?:老|小微|小微企业)?客户|商户', { of: 'clients' }),
  word('授信|额度', { else: 'clients', debt: 'credit' }),
  word('贷款|借款|借据', { else: 'clients', debt: 'loan' }),
  word('(?:授信|额度|授信额度)(?:总额)?(?:一共|总共|合计)?(?:是|有)?多少(?:钱|万|元)?', {
    asks: true,
    else: 'clients',
    as: 'sum',
  }),
  word('任务|待办|事情', { of: 'tasks' }),
  word('需求', { of: 'needs' }),
  word('转介(?:来的)?', { of: 'referrals' }),
  word('登记(?:记录)?', { of: 'outcomes' }),
  word('业绩|成绩|工作量|工作情况', { asks: true, of: 'outcomes', as: 'count', by: 'sort' }),

  // What was done, and what was not.
  word('(?:做|干|办|忙|跑|记)了?(?:些)?(?:什么|啥)', { asks: true, of: 'outcomes', as: 'list' }),
  word(`(?:完成|办|做|干|登记|联系)了?(?:多少|几)${COUNT_OF}`, {
    asks: true,
    of: 'outcomes',
    as: 'count',
    by: 'sort',
  }),
  word('(?<=[我们队天周月季年度])(?:都)?(?:完成|做|干|打|跑)[得的]?(?:怎么样|如何|咋样|情况)', {
    ...{ asks: true, of: 'outcomes', as: 'count', by: 'sort' },
  }),
  word('刚才|刚刚', { when: 'today' }),
  word(`打了?(?:多少|几)(?:个|通)?(?:电话)?`, {
    asks: true,
    of: 'outcomes',
    as: 'count',
    by: 'sort',
  }),
  word(`(?:走访|拜访|跑)了?(?:多少|几)${COUNT_OF}(?:客户)?`, {
    asks: true,
    of: 'outcomes',
    as: 'count',
    sorts: ['visit'],
  }),
  word('(?:走访|拜访)(?:情况|统计|汇总)', {
    ...{ asks: true, of: 'outcomes', as: 'count', sorts: ['visit'] },
  }),
  word('(?:走访|拜访)记录', { asks: true, of: 'outcomes', as: 'list', sorts: ['visit'] }),
  word('走访(?:过的|了的)?|拜访', { of: 'outcomes', sorts: ['visit'] }),
  // 名单 新建 makes a list.
  word(`(?:新增|新录|录入|(?<!名单 ?)新建|拓展)了?(?:多少|几)?${COUNT_OF}(?:新?客户)?`, {
    asks: true,
    of: 'clients',
    as: 'count',
    entered: true,
  }),
  word('(?:新增|新录入?|录入|新)的?客户', { of: 'clients', entered: true }),
  word(`还?剩下?(?:多少|几)${COUNT_OF}`, { asks: true, as: 'count', undone: true }),
  word(
    '(?:还?(?:没有?|未))(?:做|打|完成|登记|处理|动|干活)(?:完|过|掉)?(?:电话|结果|任务|任何结果)?',
    { undone: true },
  ),
  word('(?:还?(?:没有?|未))(?:走访|拜访)(?:客户)?', { undone: true, sorts: ['visit'] }),
  word('(?:没有?|未)办(?:理|过)?', { undone: true, held: false }),
  word('(?:要|该|需要)(?:走访|拜访)', { of: 'tasks', sorts: ['visit'] }),
  word('(?:要|该|需要)(?:打电话|打|联系|跟进|做|办)', { of: 'tasks' }),
  word('(?:要|该|需要)(?:打给|联系|跟进|走访|拜访)(?:谁|哪些客户)', {
    asks: true,
    of: 'tasks',
    as: 'list',
  }),
  word('(?:团队|队里|全队|本队|我们队)的?(?:情况|进展)', {
    asks: true,
    whose: 'team',
    of: 'outcomes',
    as: 'count',
    by: 'manager',
    when: 'today',
  }),
  word('逾期', { of: 'tasks', when: 'gone-by' }),
  word('有意向', { sorts: ['interested'] }),
  word('再?考虑', { sorts: ['thinking'] }),
  word('没接', { sorts: ['no-answer'] }),
  word('拒绝', { sorts: ['declined'] }),
  word('已?申请', { sorts: ['applied'] }),
  word('已?(?:放款|放贷)', { sorts: ['granted'] }),
  word(`(?:放款|放贷|放)了?(?:几|多少)(?:笔|户|个|单)`, {
    ...{ asks: true, of: 'outcomes', as: 'count', sorts: ['granted'] },
  }),
  word(`(?:放款|放贷|放|贷)了?多少(?:钱|万|款)?`, {
    asks: true,
    of: 'outcomes',
    as: 'sum',
    sorts: ['granted'],
  }),

  // Whose.
  word('我(?:自己)?(?:名下|手上|手里)?的?|本人的?', { whose: 'me' }),
  word(
    '(?:我们|咱们?)(?:的|队|团队|支行|行)?|(?:本|全|我)(?:队|团队|支行|行|部门)的?|队里|团队|大家',
    {
      whose: 'team',
    },
  ),

  // Divided by.
  word('按(?:分层|层级|客户分层|层|类别?)|(?:各|每)(?:个?层级?|类|分层)', {
    else: 'clients',
    by: 'tier',
  }),
  word('按(?:客户)?经理|按人|(?:各|每)(?:个|位|名)?(?:客户经理|经理|人)', { by: 'manager' }),
  word('按(?:团队|机构|支行|部门|网点)|(?:各|每)(?:个|家)?(?:团队|队|机构|支行|网点)', {
    by: 'unit',
  }),
  word('哪(?:个|家|些)(?:团队|队|机构|支行|网点)', { asks: true, as: 'count', by: 'unit' }),
  word('按(?:区域|地区)|(?:各|每)(?:个)?(?:区域|地区)', { else: 'clients', by: 'region' }),
  word('按(?:集群|市场|商圈)|(?:各|每)(?:个)?(?:集群|市场|商圈)', {
    else: 'clients',
    by: 'cluster',
  }),
  word('按行业|(?:各|每)(?:个)?行业', { else: 'clients', by: 'industry' }),
  word('按(?:客户)?来源|(?:各|每)(?:个)?来源', { else: 'clients', by: 'source' }),
  word('按(?:结果|产品)|各种?结果', { by: 'sort' }),
  word('分布', { asks: true, as: 'count' }),
  word('最(?:多|好)|排名|排行榜?', { asks: true, as: 'count', ranked: 'most' }),
  word('最(?:少|差)', { asks: true, as: 'count', ranked: 'least' }),

  // Conditions on clients.
  word(
    '(?<tier>[a-f])(?<more>(?:[、,和及/]?[a-f])*)\\s*(?:类|层|级|档)',
    ({ tier = '', more = '' }) => ({
      where: {
        by: 'tier',
        among: [...new Set(`${tier}${more}`.toUpperCase().match(/[A-F]/g) ?? [])],
      },
    }),
  ),
  word('重点客户', { of: 'clients', where: { by: 'tier', among: ['A'] } }),
  word('潜力客户', { of: 'clients', where: { by: 'tier', among: ['B'] } }),
  word('优质目标(?:客户)?', { else: 'clients', where: { by: 'tier', among: ['premium'] } }),
  word('普通目标(?:客户)?', { else: 'clients', where: { by: 'tier', among: ['ordinary'] } }),
  word('未分层', { else: 'clients', where: { by: 'tier', among: ['unclassified'] } }),
  word('待判定', { else: 'clients', where: { by: 'tier', among: ['undetermined'] } }),
  word('存量', { else: 'clients', where: { by: 'kind', among: ['existing'] } }),
  word('潜在', { else: 'clients', where: { by: 'kind', among: ['prospect'] } }),
  word('(?:已)?结清', { else: 'clients', where: { by: 'kind', among: ['lapsed'] } }),
  word(
    `用信率? ?(?<by>${COMPARING}) ?(?:(?<share>${NUMBER}) ?%|(?<tenths>${NUMBER})成)`,
    usageMeans,
  ),
  word(`用信率? ?(?<by>${COMPARING}) ?百分之(?<share>${NUMBER})`, usageMeans),
  word(`(?:授信|额度|授信额度)(?:金额)? ?(?<by>${COMPARING}) ?${YUAN}`, limitMeans),
  word(`(?:贷款)?余额 ?(?<by>${COMPARING}) ?${YUAN}`, worthMeans('balance')),
  word(`(?:我行)?存款(?:余额)? ?(?<by>${COMPARING}) ?${YUAN}`, worthMeans('deposits')),
  word(`(?:年|综合|年综合)?(?:收益|贡献) ?(?<by>${COMPARING}) ?${YUAN}`, worthMeans('income')),
  word(`(?:快要?|即将|马上要?)到期`, {
    else: 'clients',
    ends: true,
    when: { ahead: 30 },
  }),
  word('已经?到期|过期', { else: 'clients', ends: true, when: 'gone-by' }),
  word('到期', { else: 'clients', ends: true }),
  word(
    `(?:超过)? ?(?<count>${NUMBER}) ?(?<unit>天|周|星期|礼拜|个月)(?:以上)?(?:都|还)?(?:没有?|未)(?:联系|联络|打电话|接触|跟进)`,
    ({ count = '', unit = '' }) => {
      const days = daysMeant(count, unit)
      return days ? { else: 'clients', where: { by: 'uncontacted', days } } : null
    },
  ),
  word('(?:好久|很久|长期|一直)(?:都|还)?(?:没有?|未)(?:联系|联络|打电话|接触|跟进)', {
    ...{ else: 'clients', where: { by: 'uncontacted', days: LONG_DAYS } },
  }),
  word('谁(?:还|都)?(?:没有?|缺)下(?:一步|次)(?:的?任务)?', {
    asks: true,
    as: 'list',
    of: 'clients',
    where: { by: 'next-task', is: false },
  }),
  word('(?:没有?|缺|无)下(?:一步|次)(?:的?任务)?|没有?任务', {
    else: 'clients',
    where: { by: 'next-task', is: false },
  }),
  word('有下(?:一步|次)任务', { else: 'clients', where: { by: 'next-task', is: true } }),
  word('资料不(?:全|完整)|缺资料', { else: 'clients', where: { by: 'complete', is: false } }),
  word('资料(?:齐全|完整)', { else: 'clients', where: { by: 'complete', is: true } }),
  word('散客', { else: 'clients', where: { by: 'source', among: ['walk-in'] } }),
  word(`来源(?:是|为)? ?(?<said>${SOURCE}(?:[或、和,]${SOURCE})*)`, sourcesMeant),
  word('没有?(?:开|用|持有)?|未(?:开|用|持有)', { held: false }),
  word('已?(?:办了|开了|持有|用了)', { held: true }),

  // When.
  word('今天|今日|今儿个?|今朝|当天', { when: 'today' }),
  word('昨天|昨日', { when: 'yesterday' }),
  word('明天|明日', { when: 'tomorrow' }),
  word('(?:这|本)个?(?:周|星期|礼拜)', { when: 'this-week' }),
  word('上个?(?:周|星期|礼拜)', { when: 'last-week' }),
  word('下个?(?:周|星期|礼拜)', { when: 'next-week' }),
  word('(?:这个?|本|当)月(?:份)?', { when: 'this-month' }),
  word('上个?月(?:份)?', { when: 'last-month' }),
  word('下个?月(?:份)?', { when: 'next-month' }),
  word('(?:这个?|本)季度?', { when: 'this-quarter' }),
  word('上个?季度?', { when: 'last-quarter' }),
  word('下个?季度?', { when: 'next-quarter' }),
  word('今年', { when: 'this-year' }),
  word('去年', { when: 'last-year' }),
  word(
    `(?:未来|接下来)? ?(?<count>${NUMBER}) ?(?<unit>天|周|星期|个月)(?:之|以)?内`,
    ({ count = '', unit = '' }) => {
      const ahead = daysMeant(count, unit)
      return ahead ? { when: { ahead } } : null
    },
  ),
  word(
    `(?:最近|近|过去|这) ?(?<count>${NUMBER}) ?(?<unit>天|周|星期|个月)`,
    ({ count = '', unit = '' }) => {
      const back = daysMeant(count, unit)
      return back ? { when: { back } } : null
    },
  ),
]
