import type { Moment } from '../../../bot/moment.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { undoButton } from '../../../core/undo-button.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { mask } from '../../clients/identity/rules.ts'
import type { Client } from '../../clients/rules.ts'
import type { Claim } from '../claims/rules.ts'
import type { Facility } from '../rules.ts'

type Shown = Pick<Facility, 'product' | 'account' | 'creditLimit' | 'endsOn'>
type At = Pick<Moment, 'today' | 'catalogue'>

/** "信用贷 30万，至 2027年11月30日（…8001）". */
export function facilityText(
  { product, account, creditLimit, endsOn }: Shown,
  { today, catalogue }: At,
  language: Language,
): string {
  const say = speaker(language)
  const what = [
    product && productLabel(catalogue, product, language),
    sayYuan(creditLimit, language),
  ]
  const until = endsOn && sayDay(endsOn, today, language)
  return [
    what.filter(Boolean).join(' '),
    until && say(`，至 ${until}`, ` until ${until}`),
    account && say(`（${mask(account)}）`, ` (${mask(account)})`),
  ]
    .filter(Boolean)
    .join('')
}

const tierButton = (clientId: string, language: Language) => ({
  label: speaker(language)('分层', 'Tier'),
  intent: { command: 'tier', input: { clientId } },
})

/** What a confirmation came to: the client, the loan, and what was claimed where that was another amount. */
export function confirmedCard(
  client: Pick<Client, 'id' | 'name' | 'kind'>,
  claim: Claim | null,
  facility: Shown,
  at: At,
  language: Language,
): Card {
  const say = speaker(language)
  const amount = claim?.amount
  const lines = [
    say(
      `已确认放款：**${client.name}** ${facilityText(facility, at, 'zh')}。`,
      `Loan confirmed: **${client.name}** ${facilityText(facility, at, 'en')}.`,
    ),
    claim &&
      (amount && amount !== facility.creditLimit
        ? say(
            `${claim.staffName} ${sayDay(claim.on, at.today, 'zh')}登记的是 ${sayYuan(amount, 'zh')}。`,
            `${claim.staffName} had logged ${sayYuan(amount, 'en')}, ${sayDay(claim.on, at.today, 'en')}.`,
          )
        : say(
            `${claim.staffName} ${sayDay(claim.on, at.today, 'zh')}的登记已核实。`,
            `That is what ${claim.staffName} had logged ${sayDay(claim.on, at.today, 'en')}.`,
          )),
    client.kind !== 'existing' &&
      say('现在是存量客户，按分层安排回访。', 'Now an existing client, cared for by its tier.'),
  ]
  const buttons = [tierButton(client.id, language), undoButton(say)]
  return textCard(lines.filter(Boolean).join('\n'), { kind: 'buttons', buttons })
}

/** What the client's manager hears of it. */
export const confirmedNotice = (
  name: string,
  facility: Shown,
  by: string,
  at: At,
  language: Language,
): Card =>
  textCard(
    speaker(language)(
      `${by}确认了 **${name}** 的放款：${facilityText(facility, at, 'zh')}。`,
      `${by} confirmed the loan of **${name}**: ${facilityText(facility, at, 'en')}.`,
    ),
  )

/** What a settlement came to. */
export function settledCard(
  { client, facility, last }: { client: Pick<Client, 'name'>; facility: Shown; last: boolean },
  at: At,
  language: Language,
): Card {
  const say = speaker(language)
  const lines = [
    say(
      `已登记结清：**${client.name}** ${facilityText(facility, at, 'zh')}。`,
      `Settled: **${client.name}** ${facilityText(facility, at, 'en')}.`,
    ),
    last &&
      say(
        '全部结清，客户转为"已结清"，30、90、180 天后提醒联系。',
        'All is settled: the client has lapsed, and is called again after 30, 90 and 180 days.',
      ),
  ]
  return textCard(lines.filter(Boolean).join('\n'), {
    kind: 'buttons',
    buttons: [undoButton(say)],
  })
}
