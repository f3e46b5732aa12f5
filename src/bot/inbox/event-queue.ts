import type { Event } from '../../core/chat.ts'
import type { Taken } from './attachments.ts'
import { PATIENT, type Patience } from './retry-pause.ts'

/**
 * How an event is answered: with others; by itself, as it may take long; or while nothing else is, as
 * an attempt before did not end and may have ended the process.
 */
export type How = 'together' | 'alone' | 'again'

/** A stored event that waits for its answer. */
export interface Waiting {
  readonly id: string
  readonly event: Event
  /** What it says may take long: it is not answered with others. */
  readonly alone: boolean
  /** An attempt before did not end: it is answered while nothing else is. */
  readonly again: boolean
  /** The service was asked who the sender is, as nobody here knew. */
  introduced: boolean
  /** The file it brought, once it was fetched; null: it brought none, or not yet. */
  taken: Taken | null
  /** The upload that was read for it as a table; null: none, or not yet. */
  table: string | null
  /** The attempt under way is counted with the stored event. */
  counted: boolean
  /** What kept it from being answered so far. */
  patience: Patience
  /** Resolves once it is answered. */
  readonly answered: Promise<void>
}

/** Events in the order of coming, taken in groups. */
export interface Line {
  /** Puts an event at its place; one that stands there already stays as it is. */
  enter(id: string, event: Event, how: How): Waiting
  /**
   * Takes up to so many that are answered in one way, each the first of its conversation and of its
   * sender, and none of those that are being answered; none at all when there are fewer than `least`.
   */
  take(most: number, how: How, least?: number): Waiting[]
  /** Whether one could be taken. */
  awaits(how: How): boolean
  /** It is answered, and leaves. */
  leave(waiting: Waiting): void
  /** It is not, and keeps its place. */
  stay(waiting: Waiting): void
  /** It keeps its place, and is not taken for so long (ms), nor what comes after it. */
  rest(waiting: Waiting, pause: number): void
  /** It keeps its place, to be answered by itself. */
  setAside(waiting: Waiting): void
  /** All that stand in line; those that are not being answered. */
  ids(): string[]
  standing(): Waiting[]
}

interface Place extends Waiting {
  how: How
  alone: boolean
  rests: number
  busy: boolean
  readonly conversation: string
  readonly sender: string
  readonly done: () => void
}

export function createLine(): Line {
  let line = new Map<string, Place>()
  let latest = ''
  const counts: Record<How, number> = { together: 0, alone: 0, again: 0 }
  const busy = new Set<string>()
  const free = (waiting: Waiting) => {
    const place = line.get(waiting.id)
    if (!place) return null
    place.busy = false
    busy.delete(place.conversation)
    busy.delete(place.sender)
    return place
  }

  function pick(most: number, how: How): Place[] {
    const picked: Place[] = []
    const held = new Set<string>()
    if (counts[how] === 0) return picked
    const now = performance.now()
    for (const place of line.values()) {
      const { conversation, sender } = place
      const waits = [conversation, sender].some((key) => busy.has(key) || held.has(key))
      if (!waits && place.how === how && place.rests <= now) picked.push(place)
      if (picked.length === most) break
      held.add(conversation).add(sender)
    }
    return picked
  }

  return {
    enter(id, event, how) {
      const known = line.get(id)
      if (known) return known
      const { promise: answered, resolve: done } = Promise.withResolvers<void>()
      const conversation = `in ${event.channel} ${event.conversation}`
      const sender = `by ${event.channel} ${event.sender}`
      const place: Place = {
        ...{ id, event, conversation, sender, answered, done, how },
        ...{ alone: how !== 'together', again: how === 'again' },
        ...{
          introduced: false,
          taken: null,
          table: null,
          counted: how !== 'again',
          patience: PATIENT,
        },
        ...{ rests: 0, busy: false },
      }
      counts[how]++
      line.set(id, place)
      // Ids grow with time: one of before goes to its place.
      if (id < latest) line = new Map([...line].sort(([a], [b]) => (a < b ? -1 : 1)))
      else latest = id
      return place
    },
    take(most, how, least = 1) {
      const taken = pick(most, how)
      if (taken.length < least) return []
      for (const place of taken) {
        place.busy = true
        busy.add(place.conversation).add(place.sender)
      }
      return taken
    },
    awaits: (how) => pick(1, how).length > 0,
    leave(waiting) {
      const place = free(waiting)
      if (!place) return
      line.delete(place.id)
      counts[place.how]--
      place.done()
    },
    stay(waiting) {
      free(waiting)
    },
    rest(waiting, pause) {
      const place = free(waiting)
      if (place) place.rests = performance.now() + pause
    },
    setAside(waiting) {
      const place = free(waiting)
      if (!place || place.alone) return
      counts[place.how]--
      place.how = 'alone'
      place.alone = true
      counts.alone++
    },
    ids: () => [...line.keys()],
    standing: () => [...line.values()].filter((place) => !place.busy),
  }
}
