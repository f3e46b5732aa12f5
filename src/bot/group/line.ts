import type { Event } from '../../core/chat.ts'
import type { Taken } from '../file.ts'

/** A stored event that waits for its answer. */
export interface Waiting {
  readonly id: string
  readonly event: Event
  /** What it says may take long: it is answered by itself. */
  readonly alone: boolean
  /** The service was asked who the sender is, as nobody here knew. */
  introduced: boolean
  /** The file it brought, once it was fetched; null: it brought none, or not yet. */
  taken: Taken | null
  /** Resolves once it is answered. */
  readonly answered: Promise<void>
}

/** Events in the order of coming, taken in groups. */
export interface Line {
  /** Puts an event at its place; one that stands there already stays as it is. */
  enter(id: string, event: Event): Waiting
  has(id: string): boolean
  /**
   * Takes up to so many, each the first of its conversation and of its sender, and none of those
   * that are being answered; none at all when there are fewer than `least`. Those that are answered by
   * themselves are taken apart from the others.
   */
  take(most: number, alone: boolean, least?: number): Waiting[]
  /** It is answered, and leaves. */
  leave(waiting: Waiting): void
  /** It is not, and keeps its place. */
  stay(waiting: Waiting): void
  /** It keeps its place, to be answered by itself. */
  setAside(waiting: Waiting): void
}

interface Place extends Waiting {
  alone: boolean
  readonly conversation: string
  readonly sender: string
  readonly done: () => void
}

export function createLine(): Line {
  let line = new Map<string, Place>()
  let latest = ''
  let aside = 0
  const busy = new Set<string>()
  const free = (waiting: Waiting) => {
    const place = line.get(waiting.id)
    if (!place) return null
    busy.delete(place.conversation)
    busy.delete(place.sender)
    return place
  }

  return {
    enter(id, event) {
      const known = line.get(id)
      if (known) return known
      const { promise: answered, resolve: done } = Promise.withResolvers<void>()
      const conversation = `in ${event.channel} ${event.conversation}`
      const sender = `by ${event.channel} ${event.sender}`
      const place: Place = {
        ...{ id, event, conversation, sender, answered, done },
        ...{ introduced: false, taken: null, alone: false },
      }
      line.set(id, place)
      // Ids grow with time: one of before goes to its place.
      if (id < latest) line = new Map([...line].sort(([a], [b]) => (a < b ? -1 : 1)))
      else latest = id
      return place
    },
    has: (id) => line.has(id),
    take(most, alone, least = 1) {
      const taken: Place[] = []
      const held = new Set<string>()
      if (alone && aside === 0) return taken
      for (const place of line.values()) {
        const { conversation, sender } = place
        const waits = [conversation, sender].some((key) => busy.has(key) || held.has(key))
        if (!waits && place.alone === alone) taken.push(place)
        if (taken.length === most) break
        held.add(conversation).add(sender)
      }
      if (taken.length < least) return []
      for (const { conversation, sender } of taken) busy.add(conversation).add(sender)
      return taken
    },
    leave(waiting) {
      const place = free(waiting)
      if (!place) return
      line.delete(place.id)
      if (place.alone) aside--
      place.done()
    },
    stay(waiting) {
      free(waiting)
    },
    setAside(waiting) {
      const place = free(waiting)
      if (!place || place.alone) return
      place.alone = true
      aside++
    },
  }
}
