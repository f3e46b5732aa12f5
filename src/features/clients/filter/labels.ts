import { type Period, sayPeriod } from '../../../core/calendar/period.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { sayYuan } from '../../../core/money.ts'
import { counted, type Language, type Say, speaker, type Text } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { REGISTER_LABELS } from '../../registers/labels.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import { kindLabel, sourceLabel } from '../labels.ts'
import {
  type Bounds,
  type ClientFilter,
  type Condition,
  type Filtered,
  holds,
  quietDays,
  type Worth,
  worthOf,
} from './rules.ts'

/** What a filter is put in words with. */
export interface Wording {
  readonly today: Day
  readonly catalogue: Catalogue
  readonly language: Language
}

/** A filter in words, part by part: A类 · 存量 · 用信低于 30%. */
export const sayFilter = (filter: ClientFilter, wording: Wording): readonly string[] =>
  filter.map((each) => sayCondition(each, wording))

/**
 * Why a client is among those that a filter chooses: of each condition what the client has that meets
 * it. Null: it is not among them.
 */
export const whyChosen = (
  filter: ClientFilter,
  client: Filtered,
  wording: Wording,
): readonly string[] | null =>
  filter.every((each) => holds(each, client, wording.today))
    ? filter.map((each) => whatOf(each, client, wording))
    : null

function sayCondition(asked: Condition, { today, catalogue, language }: Wording): string {
  const say = speaker(language)
  const either = (names: readonly string[]) => names.join(say('或', ' or '))
  switch (asked.by) {
    case 'tier':
      return either(asked.among.map((tier) => shortTier(tier, language)))
    case 'kind':
      return either(asked.among.map((kind) => kindLabel(kind, language)))
    case 'product': {
      const product = productLabel(catalogue, asked.code, language)
      return asked.held
        ? say(`有${product}`, `with ${product}`)
        : say(`没有${product}`, `without ${product}`)
    }
    case 'usage':
      return `${say('用信', 'usage')}${sayBounds(asked.is, percent, say)}`
    case 'limit':
      return `${say('授信', 'limit')}${sayBounds(asked.is, (yuan) => sayYuan(yuan, language), say)}`
    case 'worth':
      return `${WORTH_LABELS[asked.of][language]}${sayBounds(asked.is, (yuan) => sayYuan(yuan, language), say)}`
    case 'credit-ends':
      return asked.in === 'gone-by'
        ? say('授信已到期', 'credit has ended')
        : say(`授信${when(asked.in)}到期`, `credit ends ${when(asked.in)}`)
    case 'loan-due':
      return asked.in === 'gone-by'
        ? say('贷款已到期', 'loan overdue')
        : say(`贷款${when(asked.in)}到期`, `loan due ${when(asked.in)}`)
    case 'place':
      return `${REGISTER_LABELS[asked.register][language]} ${either(asked.among.map(({ name }) => name))}`
    case 'source':
      return say(
        `来源${either(asked.among.map((source) => sourceLabel(source, 'zh')))}`,
        `from ${either(asked.among.map((source) => sourceLabel(source, 'en')))}`,
      )
    case 'unit':
      return asked.name
    case 'owner':
      return say(
        `${either(asked.among.map(({ name }) => name))}的`,
        `of ${either(asked.among.map(({ name }) => name))}`,
      )
    case 'uncontacted':
      return say(`${asked.days} 天未联系`, `not contacted for ${counted(asked.days, 'day')}`)
    case 'complete':
      return asked.is ? say('资料齐全', 'file complete') : say('资料不全', 'file not complete')
    case 'next-task':
      return asked.is
        ? say('有下一步任务', 'with a next task')
        : say('没有下一步任务', 'without a next task')
    case 'entered':
      return say(`${when(asked.in)}录入`, `entered ${when(asked.in)}`)
  }
  function when(period: Period): string {
    return sayPeriod(period, today, language)
  }
}

/** What a client has that a condition looks at. */
function whatOf(asked: Condition, client: Filtered, wording: Wording): string {
  const { today, language } = wording
  const say = speaker(language)
  switch (asked.by) {
    case 'tier':
      return tierLabel(client.tier ?? '', language)
    case 'kind':
      return kindLabel(client.kind, language)
    case 'usage':
      return say(`用信 ${percent(client.usage ?? 0)}`, `usage ${percent(client.usage ?? 0)}`)
    case 'limit':
      return say(
        `授信 ${sayYuan(client.limit ?? 0, 'zh')}`,
        `limit ${sayYuan(client.limit ?? 0, 'en')}`,
      )
    case 'worth': {
      const yuan = Math.round(worthOf(client, asked.of) ?? 0)
      return `${WORTH_LABELS[asked.of][language]} ${sayYuan(yuan, language)}`
    }
    case 'credit-ends': {
      const on = sayDay(client.creditEndsOn ?? today, today, language)
      return say(`授信 ${on} 到期`, `credit ends ${on}`)
    }
    case 'loan-due': {
      const on = sayDay(client.loanDueOn ?? today, today, language)
      return say(`贷款 ${on} 到期`, `loan due ${on}`)
    }
    case 'place': {
      const entry = asked.among.find(({ id }) => client.places[asked.register].includes(id))
      return entry?.name ?? ''
    }
    case 'source':
      return sourceLabel(client.source, language)
    case 'owner':
      return asked.among.find(({ id }) => id === client.ownerId)?.name ?? ''
    case 'uncontacted': {
      const days = quietDays(client, today)
      return client.lastContactOn
        ? say(`${days} 天未联系`, `${counted(days, 'day')} without contact`)
        : say(`录入 ${days} 天，还没联系过`, `entered ${counted(days, 'day')} ago, never contacted`)
    }
    case 'complete':
      return client.missing
        ? say(`缺 ${client.missing} 项资料`, `${client.missing} missing on file`)
        : sayCondition(asked, wording)
    case 'next-task':
      return client.nextTaskOn
        ? say(
            `下一步 ${sayDay(client.nextTaskOn, today, 'zh')}`,
            `next task ${sayDay(client.nextTaskOn, today, 'en')}`,
          )
        : sayCondition(asked, wording)
    case 'entered':
      return say(
        `${sayDay(client.enteredOn, today, 'zh')}录入`,
        `entered ${sayDay(client.enteredOn, today, 'en')}`,
      )
    case 'product':
    case 'unit':
      return sayCondition(asked, wording)
  }
}

export const WORTH_LABELS: Readonly<Record<Worth, Text>> = {
  balance: { zh: '贷款余额', en: 'balance' },
  deposits: { zh: '存款', en: 'deposits' },
  income: { zh: '年收益', en: 'yearly income' },
}

/** A类; classes of prospects and others by their whole name. */
const shortTier = (tier: string, language: Language): string =>
  /^[A-Z]$/.test(tier) ? speaker(language)(`${tier}类`, `tier ${tier}`) : tierLabel(tier, language)

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`

function sayBounds(
  { atLeast, above, atMost, below }: Bounds,
  value: (number: number) => string,
  say: Say,
): string {
  const words = [
    atLeast === undefined ? [] : [say(`不低于 ${value(atLeast)}`, ` at least ${value(atLeast)}`)],
    above === undefined ? [] : [say(`超过 ${value(above)}`, ` over ${value(above)}`)],
    atMost === undefined ? [] : [say(`不超过 ${value(atMost)}`, ` at most ${value(atMost)}`)],
    below === undefined ? [] : [say(`低于 ${value(below)}`, ` under ${value(below)}`)],
  ]
  return words.flat().join(say('、', ','))
}
