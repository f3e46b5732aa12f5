import type { Shown } from '../../bot/client-section.ts'
import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { dayIn, daysBetween, sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, Field } from '../../core/card.ts'
import { counted, type Language, type Say, speaker } from '../../core/text.ts'
import { sourceLabel } from '../clients/labels.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import type { Serving } from '../clients/store.ts'
import { tierWithPending } from '../tier-rules/labels.ts'

/** A client with who serves them, and what the features know of them, in the order of the card. */
export interface ClientView {
  readonly client: Client
  readonly serving: Serving
  readonly sections: readonly Shown[]
}

/** Who it is, what is known, what can be done next; phones are masked where several people read. */
export function clientCard(
  view: ClientView,
  at: Moment,
  { language }: { readonly language: Language },
  shared: boolean,
): Card {
  const { client, sections } = view
  const say = speaker(language)
  const blocks: Block[] = [{ kind: 'fields', fields: clientFields(view, at, language, shared) }]
  const barred = barredLine(client, say)
  if (barred) blocks.push({ kind: 'text', text: barred })
  for (const { heading, items } of sections) {
    if (items.length > 0) blocks.push({ kind: 'list', heading: heading[language], items })
  }
  const buttons = [...ownButtons(client.id, say), ...sections.flatMap((each) => each.buttons ?? [])]
  blocks.push({ kind: 'buttons', buttons })
  return { title: [client.name, client.businessName].filter(Boolean).join(' · '), blocks }
}

/** Who a client is, in fields. */
export function clientFields(
  view: ClientView,
  at: Moment,
  language: Language,
  shared: boolean,
): Field[] {
  const { client } = view
  const say = speaker(language)
  return [
    tierField(client, language),
    { label: say('电话', 'Phone'), value: client.phone ? sayPhone(client.phone, shared) : '—' },
    { label: say('行业', 'Industry'), value: client.industry ?? '—' },
    { label: say('来源', 'Source'), value: sourceLabel(client.source, language) },
    managerField(view, say),
    contactField(client, at, say),
    { label: say('录入', 'Entered'), value: dayIn(client.enteredAt, at.timezone) },
    ...creditField(client, at, language),
    ...sharedField(view, say),
  ]
}

function tierField(client: Client, language: Language): Field {
  const say = speaker(language)
  if (client.kind === 'lapsed' && client.tier !== 'F') {
    return { label: say('分层', 'Tier'), value: say('已结清，不再分层', 'settled, not tiered') }
  }
  const tier = tierWithPending(client, language) ?? say('待判定', 'undecided')
  return {
    label: say('分层', 'Tier'),
    value: client.provisional ? say(`${tier}（暂定）`, `${tier} (provisional)`) : tier,
  }
}

const managerField = ({ client, serving: { before } }: ClientView, say: Say): Field => ({
  label: say('主办', 'Manager'),
  value: before
    ? say(
        `${client.ownerName}（${before.until.slice(5).replace('-', '/')} 前 ${before.name}）`,
        `${client.ownerName} (until ${before.until.slice(5)} ${before.name})`,
      )
    : client.ownerName,
})

const contactField = ({ lastContactOn }: Client, { today }: Moment, say: Say): Field => ({
  label: say('上次联系', 'Last touch'),
  value: lastContactOn ? daysAgo(daysBetween(lastContactOn, today), say) : say('还没有', 'never'),
})

const daysAgo = (days: number, say: Say): string =>
  days === 0 ? say('今天', 'today') : say(`${days} 天前`, `${counted(days, 'day')} ago`)

function creditField({ creditExpiresOn }: Client, at: Moment, language: Language): Field[] {
  if (!creditExpiresOn) return []
  const label = speaker(language)('授信到期', 'Credit ends')
  return [{ label, value: sayDay(creditExpiresOn, at.today, language) }]
}

function sharedField({ serving: { sharedWith } }: ClientView, say: Say): Field[] {
  if (sharedWith.length === 0) return []
  const names = sharedWith.map(({ name, backup }) =>
    backup ? say(`${name}（B 角）`, `${name} (backup)`) : name,
  )
  return [{ label: say('共享', 'Shared with'), value: names.join(say('、', ', ')) }]
}

export function barredLine(client: Client, say: Say): string | null {
  switch (noMarketing(client)) {
    case 'negative-list':
      return say('在负面清单上，不做营销。', 'On the negative list: no marketing.')
    case 'exit-tier':
      return say('F 淘汰客户，不做营销。', 'Tier F: no marketing.')
    case 'do-not-contact':
      return say(`勿扰：${client.doNotContact}`, `Do not contact: ${client.doNotContact}`)
    case null:
      return null
  }
}

function ownButtons(clientId: string, say: Say): Button[] {
  const input = { clientId }
  return [
    { label: say('分层依据', 'Tier and why'), intent: { command: 'tier', input } },
    { label: say('记需求', 'Need'), opensForm: true, intent: { command: 'need-form', input } },
    { label: say('转介码', 'Referral code'), intent: { command: 'refer', input } },
  ]
}
