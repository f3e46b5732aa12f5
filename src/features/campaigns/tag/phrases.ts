import { takeAmount } from '../../../bot/grammar/amount.ts'
import { takeDay } from '../../../bot/grammar/day.ts'
import { takePhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Text } from '../../../core/text.ts'
import { takeProduct } from '../../catalogue/rules.ts'
import { hearOutcomes } from '../../tasks/outcomes/outcome-words.ts'

/** What a line says about one client, once the campaign's name is off it. */
export interface TagWords {
  readonly named: string
  readonly phone: string | null
  readonly businessName: string | null
  /** Null when it is not said, or could be more than one thing. */
  readonly response: string | null
  /** Codes of the catalogue. */
  readonly products: readonly string[]
  readonly amount: number | null
  readonly nextDate: Day | null
  readonly note: string | null
  /** What cannot be relied on; null when all is clear. */
  readonly doubt: Text | null
}

/**
 * Reads "张三 有意向 需要结算卡", "李四 13800138000 五金店 有意向 30万 周五". What stands between the
 * name and the response is the business, where a phone number says that the client is new.
 */
export function readTag(line: string, at: Moment): TagWords {
  const found = takePhone(line)
  const [named = '', ...words] = (found?.rest ?? line).split(/[\s,;，；]+/).filter(Boolean)
  const said = words.join(' ')
  const heard = hearOutcomes(said, at.kinds)
  const kinds = new Set(heard.map(({ kind }) => kind))
  const [kind = null] = kinds
  const start = heard[0]?.start ?? said.length
  const before = said.slice(0, start).trim()
  const business = found && before ? before : null
  let rest = [business ? '' : before, withoutOutcomes(said.slice(start), heard, start)].join(' ')
  const products: string[] = []
  for (
    let taken = takeProduct(at.catalogue, rest);
    taken;
    taken = takeProduct(at.catalogue, rest)
  ) {
    if (!products.includes(taken.product.code)) products.push(taken.product.code)
    rest = taken.rest
  }
  const amount = takeAmount(rest)
  const wanted = takeDay(amount?.rest ?? rest, at.today, at.workdays)
  const note = (wanted?.rest ?? amount?.rest ?? rest)
    .replace(
      /(?<=^|\s)(?:再联系|联系|再打|再聊|还要|还|要|办|和|及|follow up|call|and|a)(?=\s|$)/gi,
      ' ',
    )
    .replace(/[\s,、。;]+/g, ' ')
    .trim()
  return {
    named,
    phone: found?.phone ?? null,
    businessName: business,
    response: kinds.size === 1 && kind !== 'unsure' ? kind : null,
    products,
    amount: amount && 'yuan' in amount ? amount.yuan : null,
    nextDate: wanted && 'day' in wanted ? wanted.day : null,
    note: note || null,
    doubt:
      amount && 'fault' in amount
        ? {
            zh: `金额"${amount.said}"不确定，请写清楚，比如 50万。`,
            en: `The amount "${amount.said}" is unclear; write it like 500000.`,
          }
        : wanted && 'fault' in wanted
          ? {
              zh: `日期"${wanted.said}"不确定，请写清楚，比如 12月3日。`,
              en: `The day "${wanted.said}" is unclear; write it like 3 Dec.`,
            }
          : null,
  }
}

function withoutOutcomes(
  text: string,
  heard: readonly { readonly start: number; readonly end: number }[],
  from: number,
): string {
  let left = ''
  let at = 0
  for (const { start, end } of heard) {
    left += `${text.slice(at, start - from)} `
    at = end - from
  }
  return left + text.slice(at)
}
