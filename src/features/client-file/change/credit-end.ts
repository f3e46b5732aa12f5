import type { Moment } from '../../../bot/moment.ts'
import { Choice } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import { type Language, type Text, text } from '../../../core/text.ts'
import type { Client } from '../../clients/rules.ts'
import { facilityText } from '../../facilities/confirm/cards.ts'
import { type Facility, isLive } from '../../facilities/rules.ts'

/** What a client's facilities say of where their end would be written. */
export interface CreditOnFile {
  /** A feed of the bank's book says when credit ends. */
  readonly fed: boolean
  /** The line or single loan that is meant; null: none is on file, and the client's row alone says it. */
  readonly facility: Facility | null
  /** All that are on file are settled. */
  readonly settled: boolean
}

/** Which facility is meant, by its id where somebody chose; several are asked about. */
export function facilityMeant(
  client: Pick<Client, 'name'>,
  facilities: readonly Facility[],
  fed: boolean,
  asked: Intent & { readonly input: { readonly facilityId?: string | undefined } },
  at: Moment,
  language: Language,
): CreditOnFile | Choice {
  const { facilityId } = asked.input
  const live = facilities.filter((each) => each.lineId === null && isLive(each, at.today))
  const meant = live.filter(({ id }) => !facilityId || id === facilityId)
  const [facility = null, other] = meant
  if (fed || !other) return { fed, facility, settled: facilities.length > 0 && !facility }
  return new Choice(
    text(`${client.name} 哪一笔的到期日？`, `The end of which loan of ${client.name}?`),
    meant.map((each) => ({
      label: facilityText(each, at, language),
      intent: { ...asked, input: { ...asked.input, facilityId: each.id } },
    })),
  )
}

/** Why credit cannot end on a day; null: it can. */
export function endFault(
  { fed, settled }: CreditOnFile,
  day: string,
  { today }: Pick<Moment, 'today'>,
): Text | null {
  if (fed) {
    return text(
      '授信到期由核心系统的数据更新，不用手工改。数据不对请联系科技部门核对。',
      'The core system says when credit ends; nobody changes it by hand. Ask IT about what is wrong there.',
    )
  }
  if (settled) {
    return text('没有未结清的授信，到期日没有改。', 'All loans are settled; no end was changed.')
  }
  if (day < today) {
    return text(
      '授信到期要写今天或以后的日子；已经还清的由主管说"结清"。',
      'Credit ends today or later; what is repaid a lead notes as settled.',
    )
  }
  return null
}
