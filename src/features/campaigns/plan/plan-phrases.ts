import { since } from '../../../bot/grammar/slots/fill.ts'
import { days } from '../../../bot/grammar/slots/kinds/days.ts'
import { FREE, NAME, NAMES, SHARE } from '../../../bot/grammar/slots/labels/section-values.ts'
import { named, sections } from '../../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Slot } from '../../../bot/grammar/slots/slot.ts'
import { text } from '../../../core/text.ts'

const { head, behind } = sections({
  audience: { words: '发给|给|范围|for' },
  products: { words: '产品|products?' },
  regions: { words: '区域|地区|regions?' },
  industries: { words: '行业|industry|industries' },
  clusters: { words: '集群|商圈|clusters?' },
  segment: { words: '客群|segment' },
  controlShare: { words: '对照组?|control' },
  talkingPoints: { words: '话术|say|saying', last: true },
})

const [startsOn, endsOn] = days('startsOn', 'endsOn', {
  from: { zh: '从哪天开始？比如 12月1日。', en: 'From which day? For example 1 Dec.' },
  until: { zh: '到哪天（含）结束？', en: 'Until which day, that one included?' },
})

/** The days stand behind the name, which may have one in it: 五一 活动 5/1-5/5. */
const behindName = (slot: Slot): Slot => ({
  ...slot,
  take(part, before, claimed) {
    const word = part.scanned.text.slice(part.start, part.end).match(/^[^\s\d]\S*\s*/)?.[0] ?? ''
    return slot.take(since(part, part.start + word.length), before, claimed)
  },
})

/** One day alone does not say how long a campaign runs. */
const last: Slot = {
  ...endsOn,
  take(part, before, claimed) {
    const taken = endsOn.take(part, before, claimed)
    const one = taken.value !== null && startsOn.take(part, before, claimed).value === taken.value
    return one ? { ...taken, value: null, doubt: { code: 'missing', said: '', about: [] } } : taken
  },
}

const NAMED = named('name', text('活动叫什么？', 'What is it called?'), NAME)

/** What stands before the days is the name, which has no blanks: tagging begins with it. */
const name: Slot = {
  ...NAMED,
  ask(doubt, subject, part) {
    const asked = NAMED.ask(doubt, subject, part)
    const joined = doubt.said.replace(/\s+/g, '')
    const question = {
      zh: `活动名称里不要有空格，便于打标。叫什么？比如 ${joined}。`,
      en: `A name has no blanks, so that tagging stays easy. What is it called? For example ${joined}.`,
    }
    return joined ? { ...asked, question } : asked
  },
}

/** Where campaigns are planned in a line and in a form. */
export const NEW = ['活动 新建', '活动新建', '新建活动', '新活动', 'new campaign', 'campaign new']

/** "五一活动 12/1-12/15 给 一队 产品 结算卡 话术 上门问候": talking points come last. */
export const PLAN_PHRASES = phrase(
  { words: NEW, strict: true },
  head(behindName(startsOn)),
  head(behindName(last)),
  head(name),
  behind('audience', text('范围', 'audience'), NAMES, {
    required: true,
    asks: {
      zh: '发给哪些支行、团队或客户经理？用顿号分开。',
      en: 'For which branches, teams or managers? Separate them by commas.',
    },
  }),
  behind('products', text('产品', 'product'), NAMES),
  behind('regions', text('区域', 'region'), NAMES),
  behind('industries', text('行业', 'industry'), NAMES),
  behind('clusters', text('集群', 'cluster'), NAMES),
  behind('segment', text('客群', 'segment'), NAME),
  behind('controlShare', text('对照', 'control group'), SHARE),
  behind('talkingPoints', text('话术', 'talking points'), FREE, {
    required: true,
    asks: { zh: '话术怎么说？写几句。', en: 'What should managers say? A few sentences.' },
  }),
)
