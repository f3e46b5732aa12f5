import { z } from 'zod'
import { type Button, type Card, textCard } from '../../../core/card.ts'
import type { Channel, Event } from '../../../core/chat.ts'
import type { Intent } from '../../../core/intent.ts'
import { type Say, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Turn } from '../../inbox/begin-batch.ts'
import type { Said } from '../interpretation.ts'
import { isYes } from '../questions/spoken-choice.ts'
import { lastCard, numbered } from '../resume.ts'
import type { Utterance } from '../utterance.ts'

// What somebody spoke is shown as it was heard. A question about what is on file is answered at once, below that;
// anything else is done when its button, or 对 right below it, says it, as if it had been typed then.

/** What the button under what was heard says. */
const SAID = 'said-aloud'
const said = z.object({ text: z.string().min(1).max(4000) })

const textIn = (intent: Intent | null): string | null =>
  intent?.command === SAID ? (said.safeParse(intent.input).data?.text ?? null) : null

/** An event as what was typed: of a button under what was heard, and of a recording. */
export async function asWords(
  tx: Queries,
  { event, queued, room }: Pick<Turn, 'event' | 'queued' | 'room'>,
  channel: Channel | null,
): Promise<Event> {
  const { says, conversation } = event
  if (says.kind === 'file' && says.voice && queued.heard) {
    return { ...event, says: { kind: 'text', text: queued.heard, heard: true } }
  }
  const place = { channel: event.channel, conversation }
  const pressed =
    says.kind === 'intent'
      ? says.intent
      : says.kind === 'text' && channel && !says.heard && !room
        ? ((await numbered(tx, channel, place, says.text)) ??
          (await confirmed(tx, place, says.text)))
        : null
  const text = textIn(pressed)
  return text === null ? event : { ...event, says: { kind: 'text', text } }
}

/** 对 right below what was heard is its button. */
async function confirmed(
  tx: Queries,
  place: Parameters<typeof lastCard>[1],
  text: string,
): Promise<Intent | null> {
  const last = isYes(text) ? await lastCard(tx, place) : null
  const buttons = last?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  return buttons?.find(({ intent }) => intent.command === SAID)?.intent ?? null
}

/** Whether what was heard only asks, and nothing waits that it could be the answer to. */
function onlyAsks(utterance: Utterance): boolean {
  if (utterance.expected !== null || utterance.parsed.kind !== 'intent') return false
  return utterance.commandNamed(utterance.parsed.intent.command)?.looks ?? false
}

/** Shows what was heard, and leaves what waits as it is; null where it is answered at once, or was typed. */
export function showsHeard(utterance: Utterance): Said | null {
  const { says } = utterance.event
  if (says.kind !== 'text' || !says.heard || onlyAsks(utterance)) return null
  const { place, expected, language, text } = utterance
  const say = speaker(language)
  const button: Button = {
    label: say('对，就这样', 'Yes, do that'),
    style: 'primary',
    intent: { command: SAID, input: { text } },
  }
  const reply = textCard(
    say(
      `听到："${text}"。\n还没有办：对就点一下或说对，不对就打字或再说一遍。`,
      `I heard: "${text}".\nNothing is done yet: press or say yes if that is right, else type it or say it again.`,
    ),
    { kind: 'buttons', buttons: [button] },
  )
  return { reply, expects: expected ? [{ ...place, expects: expected }] : [] }
}

/** An answer to what was heard begins with that. */
export const belowHeard = (reply: Card, { event: { says }, text, language }: Utterance): Card =>
  says.kind === 'text' && says.heard
    ? {
        ...reply,
        blocks: [{ kind: 'text', text: heardLine(text, speaker(language)) }, ...reply.blocks],
      }
    : reply

const heardLine = (text: string, say: Say): string => say(`听到："${text}"`, `I heard: "${text}"`)
