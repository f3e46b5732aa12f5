import { type Card, textCard } from '../../../core/card.ts'
import type { Event } from '../../../core/chat.ts'
import { speaker } from '../../../core/text.ts'
import type { CommandCall } from '../interpretation.ts'
import { MOST_CHARACTERS, numbered } from '../resume.ts'
import { smallTalk, smallTalkCard } from '../small-talk.ts'
import type { Utterance } from '../utterance.ts'

// A room is read by guests, other branches, clients: it hears nothing but what is public.

/** To a room, by somebody whom the channel does not reach alone: nothing was done. */
const askAloneCard = textCard(
  '群里不答业务内容，刚才的没有办。请在和我的单独对话里再说一次。\n\n' +
    'I do no work in a group, and did nothing. Please say it again in your direct chat with me.',
)

/**
 * What a line means by itself in the room where it was said. `public`: a command that everybody may
 * read. `pressed`: a button that stands last in the room.
 */
export type Heard =
  | { readonly kind: 'says'; readonly card: Card }
  | ({ readonly kind: 'public' } & CommandCall)
  | { readonly kind: 'pressed'; readonly says: Event['says'] }

/** Null: it was said in no room, or goes on as a line of the direct conversation. */
export async function heardInRoom(utterance: Utterance): Promise<Heard | null> {
  const { tx, turn, who, event, channel, sayable } = utterance
  const { room } = turn
  if (!room) return null
  const { says } = event
  const text = says.kind === 'text' && says.text.length <= MOST_CHARACTERS ? says.text : null
  const place = { channel: event.channel, conversation: room.conversation, staffId: who.id }
  const pressed = text && channel ? await numbered(tx, channel, place, text) : null
  const parsed = text === null ? null : utterance.parsed
  const typed = parsed?.kind === 'intent' ? parsed.intent : null
  const intent = says.kind === 'intent' ? says.intent : (pressed ?? typed)
  const command = sayable.find(({ name }) => name === intent?.command)
  if (intent && command?.aloud) return { kind: 'public', command, intent }
  const talk = text && !intent ? smallTalk(text) : null
  if (talk) return { kind: 'says', card: smallTalkCard(talk, sayable, speaker(utterance.language)) }
  if (!room.reached) return { kind: 'says', card: askAloneCard }
  return pressed && text
    ? { kind: 'pressed', says: { kind: 'intent', intent: pressed, label: text } }
    : null
}
