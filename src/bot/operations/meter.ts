/** Counts what the service does; nothing waits for it, and it never throws. */
export interface Meter {
  /** An event was answered, so long (s) after it came. `command` null: it was no command. */
  answered(command: string | null, result: 'done' | 'refused' | 'asked', seconds: number): void
  /** A message was sent, put off, given up or dropped. */
  sent(channel: string, result: string): void
}

export const NO_METER: Meter = { answered() {}, sent() {} }
