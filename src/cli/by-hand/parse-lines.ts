import { createInterface } from 'node:readline'
import { z } from 'zod'
import { MOST_CHARACTERS } from '../../bot/conversation/resume.ts'
import type { Config } from '../../config.ts'
import { understood } from './print-parsed.ts'

/** A manager's book has a hundred clients, each with a business. */
const MOST_NAMES = 1000

const said = z.object(
  {
    text: z
      .string('text 要是一段文字。 text must be a string.')
      .min(1, 'text 是空的。 text is empty.')
      .max(
        MOST_CHARACTERS,
        `text 最多 ${MOST_CHARACTERS} 字。 text has at most ${MOST_CHARACTERS} characters.`,
      ),
    now: z.iso
      .datetime({
        offset: true,
        error: 'now 要是 ISO 时间，如 2026-11-23T08:07:00+08:00。 now must be an ISO time.',
      })
      .transform((time) => new Date(time))
      .optional(),
    /** Of clients whom the text may name. */
    names: z
      .array(z.string().min(1).max(60), 'names 要是名字的列表。 names must be a list of names.')
      .max(MOST_NAMES, `names 最多 ${MOST_NAMES} 个。 names has at most ${MOST_NAMES}.`)
      .default([]),
  },
  '这一行要是 {"text": …, "now": …, "names": […]}。 The line must be an object with "text" and "now".',
)

/**
 * Reads lines of `{"text", "now", "names"}` from a stream and prints, for each in its turn, what it would be understood
 * as; of a line that is none, `{"command": null, "line", "fault"}` with what is wrong. `now`: of the lines that
 * do not say theirs; `names` may be left out too.
 */
export async function printLines(
  config: Config,
  input: NodeJS.ReadableStream,
  now: Date,
): Promise<void> {
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    const read = lineIn(line)
    console.log(
      JSON.stringify(
        typeof read === 'string'
          ? { command: null, line: number, fault: read }
          : understood(config, read.text, read.now ?? now, read.names),
      ),
    )
  }
}

/** What a line says, or what is wrong with it. */
function lineIn(line: string): z.infer<typeof said> | string {
  let given: unknown
  try {
    given = JSON.parse(line)
  } catch {
    return '这一行不是 JSON。 The line is not JSON.'
  }
  const { data, error } = said.safeParse(given)
  return data ?? error.issues.map(({ message }) => message).join(' ')
}
