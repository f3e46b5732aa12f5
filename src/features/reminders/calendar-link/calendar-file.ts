/** An appointment as a calendar shows it. */
export interface Entry {
  /** Never of two appointments. */
  readonly id: string
  readonly starts: Date
  readonly minutes: number
  readonly summary: string
}

/** Octets of a line, RFC 5545, 3.1. */
const LINE_OCTETS = 75

/** A calendar file (RFC 5545) of these entries, as a calendar program subscribes to it. */
export function calendarFile(name: string, entries: readonly Entry[], now: Date): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Chenhui//Agenda//ZH', 'METHOD:PUBLISH'],
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap(({ id, starts, minutes, summary }) => [
      'BEGIN:VEVENT',
      `UID:${id}@chenhui`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(starts)}`,
      `DURATION:PT${minutes}M`,
      `SUMMARY:${escaped(summary)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

const utc = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d+/g, '')

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** No character is cut in two: each goes on to the next line whole. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > LINE_OCTETS) {
      parts.push(part)
      part = ' '
    }
    part += letter
  }
  return [...parts, part].join('\r\n')
}
