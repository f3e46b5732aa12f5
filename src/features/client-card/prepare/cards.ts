import { sayPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Card, ListItem } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { inLanguage, type Language, type Say, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { fillButtons } from '../../client-file/complete/cards.ts'
import { facilityItems } from '../../client-file/show/cards.ts'
import type { FileColumns } from '../../client-file/store.ts'
import type { ClientNote } from '../../clients/file/rows-store.ts'
import { kindLabel } from '../../clients/labels.ts'
import { type Client, noMarketing } from '../../clients/rules.ts'
import type { Completeness } from '../../completeness/rules.ts'
import { isLive } from '../../facilities/rules.ts'
import { outcomeLabel } from '../../tasks/labels.ts'
import { tierWithPending } from '../../tier-rules/labels.ts'
import { criterionLine, MARK, reasonsOf } from '../../tiers/answer/lines.ts'
import type { PastVisit } from '../../visits/store.ts'
import { barredLine } from '../cards.ts'
import { type Known, questionsFor, type Talk, talksOf } from './rules.ts'

/** All that is looked at before a talk. */
export interface Preparation extends Known {
  readonly client: Client
  readonly columns: FileColumns | null
  /** The lowest tier of the client's standard. */
  readonly lowest: string | null
  readonly visits: readonly PastVisit[]
  readonly notes: readonly ClientNote[]
  readonly complete: Completeness | null
}

interface Reader {
  readonly at: Moment
  readonly language: Language
  readonly shared: boolean
}

/** So many of the latest notes. */
const NOTES = 3

/** Before a call or a visit, on one screen: who, tier and why, what they have and want, what was said, what to ask. */
export function preparationCard(prepared: Preparation, reader: Reader): Card {
  const { client, facilities, needs, outcomes, visits, notes, complete } = prepared
  const { at, language } = reader
  const say = speaker(language)
  const live = facilities.filter((each) => isLive(each, at.today))
  const barred = noMarketing(client) !== null
  const lists: readonly (readonly [string, readonly ListItem[]])[] = [
    [say('授信', 'Facilities'), facilityItems(live, reader, say)],
    [say('需求', 'Needs'), needs.map((need) => ({ text: needSaid(need, reader) }))],
    [
      say('最近谈过', 'Last talks'),
      talksOf(outcomes, visits).map((talk) => ({ text: talkSaid(talk, reader, say) })),
    ],
    [
      say('备注', 'Notes'),
      notes.slice(0, NOTES).map(({ text, at: noted }) => ({
        text: `"${text}" · ${sayDay(dayIn(noted, at.timezone), at.today, language)}`,
      })),
    ],
    // Whom nobody may market to is asked nothing.
    [
      say('问一问', 'To ask'),
      barred ? [] : questionsFor(prepared, at, language).map((text) => ({ text })),
    ],
  ]
  const missing = complete && missingSaid(complete, language)
  const lines = [whoSaid(prepared, reader, say), tierSaid(prepared, reader, say)]
  return {
    title: say(`准备 · ${client.name}`, `Before you talk · ${client.name}`),
    blocks: [
      { kind: 'text', text: [...lines, barredLine(client, say)].filter(Boolean).join('\n') },
      ...lists.flatMap(([heading, items]): Block[] =>
        items.length > 0 ? [{ kind: 'list', heading, items }] : [],
      ),
      ...(missing ? [{ kind: 'text', text: missing } as const] : []),
      {
        kind: 'buttons',
        buttons: [
          ...(complete ? fillButtons({ ...complete, id: client.id }, say) : []),
          {
            label: say('客户卡片', 'Card'),
            intent: { command: 'client', input: { clientId: client.id } },
          },
        ],
      },
    ],
  }
}

function whoSaid({ client, columns }: Preparation, { language, shared }: Reader, say: Say) {
  return [
    `**${client.name}**`,
    client.businessName,
    kindLabel(client.kind, language),
    client.industry,
    columns?.cluster ?? columns?.region,
    columns?.address,
    client.phone && sayPhone(client.phone, shared),
    columns?.quietHours && say(`${columns.quietHours} 勿打`, `not ${columns.quietHours}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The tier in force with the reasons that matter most. */
function tierSaid({ client, decision, lowest }: Preparation, { language }: Reader, say: Say) {
  if (client.kind === 'lapsed' && client.tier !== 'F') {
    return say('已结清，不再分层。', 'Settled: not tiered.')
  }
  const tier = tierWithPending(client, language) ?? say('待判定', 'undecided')
  const reasons = reasonsOf(decision, lowest)
    .map((each) => `${MARK[each.result]} ${criterionLine(each, say, language)}`)
    .join(say('；', '; '))
  const named = client.provisional ? say(`${tier}（暂定）`, `${tier} (provisional)`) : tier
  return [`**${named}**`, reasons].filter(Boolean).join(' · ')
}

const needSaid = (
  { product, amount, wantedOn }: Preparation['needs'][number],
  { at, language }: Reader,
): string =>
  [
    productLabel(at.catalogue, product, language),
    amount !== null && sayYuan(amount, language),
    wantedOn && sayDay(wantedOn, at.today, language),
  ]
    .filter(Boolean)
    .join(' ')

function talkSaid(talk: Talk, { at, language }: Reader, say: Say): string {
  const on = sayDay(talk.on, at.today, language)
  if ('visit' in talk) {
    const { note, by } = talk.visit
    return `${on} ${say('走访', 'visit')} · "${note}" · ${by}`
  }
  const { kind, product, amount, note, by } = talk.outcome
  const wanted = [
    product && productLabel(at.catalogue, product, language),
    amount !== null && sayYuan(amount, language),
  ]
  return [
    [`${on} ${outcomeLabel(at.kinds, kind, say)}`, ...wanted].filter(Boolean).join(' '),
    note && `"${note}"`,
    by,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How full the file is, and which of its basics it lacks; facts on which the tier hangs are asked for above. */
function missingSaid({ total, missing }: Completeness, language: Language): string | null {
  if (missing.length === 0) return null
  const say = speaker(language)
  const basics = missing
    .filter(({ conditions }) => conditions === null)
    .map(({ label }) => inLanguage(label, language))
  const lacks =
    basics.length > 0 ? say(`，缺：${basics.join('、')}`, `; missing: ${basics.join(', ')}`) : ''
  return say(
    `档案 ${total - missing.length}/${total} 项${lacks}。`,
    `File: ${total - missing.length} of ${total} items${lacks}.`,
  )
}
