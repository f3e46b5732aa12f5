import type { Channel, Event } from '../../../core/chat.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { staffOfAccounts } from '../../inbox/sender/accounts.ts'

/**
 * An event with accounts of staff in its text (@U0A1B2C) as they are called in the bank: by name, or by code where
 * several have it. Whoever has not enrolled stays as typed.
 */
export async function withNamesOfStaff(
  tx: Queries,
  event: Event,
  channel: Channel | null,
): Promise<Event> {
  const { says } = event
  const mention = channel?.mention
  if (!mention || says.kind === 'intent') return event
  const texts = [says.text, ...(says.kind === 'text' && says.edits ? [says.edits.text] : [])]
  const ids = texts.flatMap((text) => [...text.matchAll(mention)].flatMap(([, id]) => id ?? []))
  if (ids.length === 0) return event
  const called = await staffOfAccounts(tx, event.channel, ids)
  // A blank on both sides: Slack puts none between a mention and Chinese.
  const named = (text: string) =>
    text
      .replace(mention, (typed, id: string) => ` ${called.get(id) ?? typed} `)
      .replace(/ {2,}/g, ' ')
      .trim()
  if (says.kind === 'file') return { ...event, says: { ...says, text: named(says.text) } }
  const { edits } = says
  return {
    ...event,
    says: {
      ...says,
      text: named(says.text),
      ...(edits && { edits: { ...edits, text: named(edits.text) } }),
    },
  }
}
