import type { Moment } from '../../../bot/moment.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { UnconfirmedClaim } from './rules.ts'

/** Claims named in one message; the rest is counted. */
const MOST = 10

/** Loans that somebody logged and that the bank's book does not show: what to do about them. */
export function claimsCard(
  reader: 'manager' | 'lead',
  claims: readonly UnconfirmedClaim[],
  { today, catalogue }: Pick<Moment, 'today' | 'catalogue'>,
  language: Language,
): Card {
  const say = speaker(language)
  const line = ({ clientName, staffName, amount, product, on }: UnconfirmedClaim) =>
    [
      `**${clientName}**`,
      [product && productLabel(catalogue, product, language), amount && sayYuan(amount, language)]
        .filter(Boolean)
        .join(' '),
      sayDay(on, today, language),
      reader === 'lead' && staffName,
    ]
      .filter(Boolean)
      .join(' · ')
  const more = claims.length - MOST
  const lines = [
    say(
      `${claims.length} 笔登记为"已放款"的，五个工作日了还没有核实：`,
      `${claims.length} logged as granted, and not confirmed for five workdays:`,
    ),
    ...claims.slice(0, MOST).map(line),
    more > 0 && say(`还有 ${more} 笔`, `${more} more`),
    reader === 'lead'
      ? say(
          '已放款的请确认："放款 客户 金额 至 到期日 账号 …"；没有放款的，请客户经理更正。',
          'Confirm what was granted: "confirm loan client amount until day account …". What was not, its manager corrects.',
        )
      : say(
          '没有放款的请再登记一次正确的结果；已放款的请主管确认，或等系统数据。',
          'What was not granted: log the right outcome. What was, your lead confirms, or the core system will.',
        ),
  ]
  return textCard(lines.filter(Boolean).join('\n'))
}
