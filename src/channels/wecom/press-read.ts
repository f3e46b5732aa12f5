import { z } from 'zod'
import type { Event } from '../../core/chat.ts'

/** A pressed button of a template card; `taskId` is the card. */
export type CardEvent =
  | { readonly press: 'said'; readonly taskId: string; readonly event: Event }
  | {
      /** A button that is looked up in the message it stands in. */
      readonly press: 'placed'
      readonly taskId: string
      readonly event: Omit<Event, 'says'>
      readonly message: string
      readonly place: string
      readonly item: string | null
    }

/** What a button says by itself. */
const said = z.object({ c: z.string().max(60), i: z.unknown() })

/** What pressing the button of this key means; `item` is the line picked beside it. */
export function readPress(
  where: Omit<Event, 'says'>,
  key: string,
  taskId: string,
  item: string | null,
): CardEvent | null {
  const [kind, message = '', place = ''] = key.split(':')
  if (kind !== 'say') return { press: 'placed', event: where, taskId, message, place, item }
  const button = said.safeParse(json(key.slice(4)))
  const intent = button.success
    ? { command: button.data.c, input: button.data.i }
    : { command: 'gone', input: {} }
  return { press: 'said', taskId, event: { ...where, says: { kind: 'intent', intent, label: '' } } }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
