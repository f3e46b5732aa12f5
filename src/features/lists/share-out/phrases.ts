import {
  counted,
  FREE,
  NAME,
  NAMES,
  ONE_DAY,
  oneOfThese,
} from '../../../bot/grammar/slots/labels/section-values.ts'
import { named, sections } from '../../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'
import { text } from '../../../core/text.ts'
import type { Way } from '../rules.ts'

/** Says that the clients are those of the workbook that was imported last. */
export const IMPORTED = { zh: '导入的表', en: 'imported' } as const

/** How a list is shared out says so without 按 too, where nothing else is called so: 给 一队 平均. */
const EVENLY = '平均分?|均分|平分|evenly'

const labels = {
  said: { words: '客群|segment', glued: true },
  audience: { words: '分给|给|for', glued: true },
  way: [
    { words: `(?:按|by )?\\s?(?:${EVENLY})(?=$|[\\s,;])`, alone: true },
    { words: '按|by', glued: true },
  ],
  perDay: { words: '每天|每日|daily', glued: true },
  endsOn: { words: '截至|到|至|until', glued: 'day' },
  product: { words: '产品|product', glued: true },
  talkingPoints: { words: '话术|say|saying', glued: true, last: true },
} as const
const { head, behind } = sections(labels)

const WAY = oneOfThese(
  {
    owner: /^(?:归属|主办|经理|客户经理|owners?)$/i,
    region: /^(?:区域|地区|regions?)$/i,
    evenly: new RegExp(`^(?:按|by )?\\s?(?:${EVENLY}|even)$`, 'i'),
    load: /^(?:负荷|工作量|忙闲|手上任务|load)$/i,
    sheet: /^(?:表格|表|列|工号列|sheet|column)$/i,
  } satisfies Record<Way, RegExp>,
  {
    ...{ 归属: 'owner', 区域: 'region', 平均: 'evenly', 负荷: 'load', 表格: 'sheet' },
    ...{ owner: 'owner', region: 'region', evenly: 'evenly', load: 'load', sheet: 'sheet' },
  },
)

const said = behind('said', text('客群', 'segment'), FREE, {
  asks: {
    zh: `哪些客户？写客群名称或条件，比如 B类 60天未联系；用刚导入的客户表就回"${IMPORTED.zh}"。`,
    en: `Which clients? A segment or conditions, such as tier B not contacted for 60 days; for the workbook imported last say "${IMPORTED.en}".`,
  },
})
const talkingPoints = behind('talkingPoints', text('话术', 'talking points'), FREE, {
  required: true,
  asks: { zh: '话术怎么说？写一句。', en: 'What should managers say? One sentence.' },
})

/** With something left to ask, from where the clients come is asked first; words of a workbook are none of these. */
const saidOrAsked: Slot = {
  ...said,
  take(part, before, claimed) {
    const taken = said.take(part, before, claimed)
    if (taken.value !== null || taken.doubt) return taken
    const says = talkingPoints.take(part, before, claimed).value !== null
    return says || way.take(part, before, claimed).value === 'sheet'
      ? nothing
      : { ...nothing, doubt: { code: 'missing', said: '', about: [] } }
  },
}
const way = behind('way', text('怎么分', 'way of sharing out'), WAY)

/** Where lists are made in a line and in a form. */
export const NEW = ['名单 新建', '名单新建', '新建名单', 'new list', 'list new']

/** "春茶 客群 沉睡户 给 一队 按 平均 每天 10 到 12/15 产品 结算卡 话术 上门问候": talking points come last. */
export const LIST_PHRASES = phrase(
  { words: NEW, strict: true },
  head(named('name', text('名单叫什么？', 'What is the list called?'), NAME)),
  saidOrAsked,
  behind('audience', text('分给谁', 'audience'), NAMES),
  way,
  behind('perDay', text('每天几件', 'number a day'), counted(/\s*[件个户]$/, text('10', '10'))),
  behind('endsOn', text('到哪天', 'last day'), ONE_DAY),
  behind('product', text('产品', 'product'), NAME),
  talkingPoints,
)
