/** What a line of a table is to be read as. `said` is one thing or several; `nothing`: not understood, and nothing stored. */
export type Expectation =
  | { readonly kind: 'said'; readonly said: readonly Said[] }
  | { readonly kind: 'asks'; readonly field: string | null }
  | { readonly kind: 'nothing' }
  /** Its command is yet to come: until then nothing is stored. */
  | { readonly kind: 'waits'; readonly command: string }

/** An outcome of a task by its number or of a client by name, or another command with a part of its input. */
export type Said =
  | {
      readonly about: string
      readonly outcome: string
      readonly amount: number | null
      readonly day: string | null
      /** Null: not looked at. */
      readonly hour: string | null
    }
  | { readonly command: string; readonly input: Readonly<Record<string, unknown>> }

/**
 * Reads a cell: readings that are each right, parted by ` | `. One is `asks`, `asks: amount`, `nothing`,
 * `waits: reminder`, or things said, parted by ` ; `: `1 interested 50000 2026-12-02T15:00` (task or client,
 * outcome, yuan, next day; `-` for none) or `postpone {"tasks":[3]}`.
 */
export function expectationsIn(cell: string): readonly Expectation[] {
  return cell.split(' | ').map((reading) => {
    const [, asks, field = null] = reading.match(/^(asks)(?:: (\w+))?$/) ?? []
    if (asks) return { kind: 'asks', field }
    if (reading === 'nothing') return { kind: 'nothing' }
    const [, command] = reading.match(/^waits: (.+)$/) ?? []
    if (command) return { kind: 'waits', command }
    return { kind: 'said', said: reading.split(' ; ').map(saidIn) }
  })
}

function saidIn(text: string): Said {
  const [, command, input] = text.match(/^([a-z-]+) (\{.*\})$/) ?? []
  if (command && input) return { command, input: JSON.parse(input) }
  const [, about, outcome, amount, day, hour] =
    text.match(/^(.+) ([a-z-]+) (\d+|-) (\d{4}-\d\d-\d\d|-)(?:T(\d\d:\d\d))?$/) ?? []
  if (!about || !outcome) throw new Error(`No expectation: ${text}`)
  return {
    ...{ about, outcome },
    amount: amount === '-' ? null : Number(amount),
    day: day === '-' || !day ? null : day,
    hour: hour ?? null,
  }
}
