/** An event that was answered. */
export interface AnsweredEvent {
  readonly received: string
  /** Null: it was no command. */
  readonly command: string | null
  readonly result: 'done' | 'refused' | 'asked'
  /** From its arrival. */
  readonly seconds: number
}

/** An attempt to send a message: `sent`, put off, given up or dropped. */
export interface SendAttempt {
  readonly message: string
  /** The event that had it said; null: nothing that somebody said. */
  readonly received: string | null
  readonly channel: string
  readonly result: string
  readonly seconds: number
}

/** Hears what the service does; nothing waits for it, and it never throws. */
export interface Meter {
  answered(event: AnsweredEvent): void
  sent(attempt: SendAttempt): void
}

export const NO_METER: Meter = { answered() {}, sent() {} }
