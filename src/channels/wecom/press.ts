import type { Card } from '../../core/card.ts'
import type { Event } from '../../core/chat.ts'
import { pressed } from './card-render.ts'
import type { CardEvent } from './press-read.ts'

/** The event that pressing a button is, looked up in the message where it does not say so itself. */
export async function pressedEvent(
  press: CardEvent,
  cardOf: (key: string, conversation: string) => Promise<Card | null>,
): Promise<Event> {
  if (press.press === 'said') return press.event
  const { message, event, place, item } = press
  const card = await cardOf(message, event.conversation)
  const button = card && pressed(card, place, item)
  const intent = button?.intent ?? { command: 'gone', input: {} }
  return { ...event, says: { kind: 'intent', intent, label: button?.label ?? '' } }
}
