/** Something that arrived and may be answered in its own place, by the id of its request. */
export interface Turn {
  readonly reqId: string
  readonly kind: 'message' | 'click' | 'welcome'
  /** The card that was clicked; null for others. */
  readonly taskId: string | null
  readonly openedAt: number
  /** The streamed answer was begun, to say that it takes a while. */
  begun: boolean
  timer: NodeJS.Timeout | null
}

export interface Turns {
  /** Remembers a request; `slow` is called when a message is not answered soon. */
  open(
    conversation: string,
    turn: Pick<Turn, 'reqId' | 'kind' | 'taskId'>,
    slow: (turn: Turn) => void,
  ): void
  /** The request that a message answers, the same again for a message that is repeated; null: none. */
  take(conversation: string, key: string): Turn | null
  /** The click on a card that may still change it; null when there was none lately. */
  click(conversation: string, taskId: string): Turn | null
}

/** An answer that takes longer is announced. */
const SLOW_MS = 1500
/** A click or a welcome is answered within five seconds, or not in its place. */
const PROMPT_MS = 4500
/** A streamed answer ends within ten minutes. */
const LATEST_MS = 9 * 60_000

const isFresh = ({ kind, openedAt }: Turn): boolean =>
  performance.now() - openedAt < (kind === 'message' ? LATEST_MS : PROMPT_MS)

export function createTurns(): Turns {
  const waiting = new Map<string, Turn[]>()
  const taken = new Map<string, Turn>()

  const put = (conversation: string, turns: Turn[]) =>
    turns.length > 0 ? waiting.set(conversation, turns) : waiting.delete(conversation)
  const fresh = (conversation: string) => (waiting.get(conversation) ?? []).filter(isFresh)

  return {
    open(conversation, { reqId, kind, taskId }, slow) {
      const turn: Turn = {
        reqId,
        kind,
        taskId,
        openedAt: performance.now(),
        begun: false,
        timer: null,
      }
      if (kind === 'message') turn.timer = setTimeout(() => slow(turn), SLOW_MS).unref()
      put(conversation, [...fresh(conversation), turn])
      for (const [key, old] of taken) if (!isFresh(old)) taken.delete(key)
    },
    take(conversation, key) {
      const again = taken.get(key)
      if (again) return isFresh(again) ? again : null
      const turns = fresh(conversation)
      const turn = turns.find(({ kind }) => kind !== 'click')
      put(
        conversation,
        turns.filter((each) => each !== turn),
      )
      if (!turn) return null
      if (turn.timer) clearTimeout(turn.timer)
      taken.set(key, turn)
      return turn
    },
    click(conversation, taskId) {
      const turns = fresh(conversation)
      const turn = turns.findLast((each) => each.kind === 'click' && each.taskId === taskId) ?? null
      put(
        conversation,
        turns.filter((each) => each !== turn),
      )
      return turn
    },
  }
}
