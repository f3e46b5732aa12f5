import { COMMANDS } from '../../app-features.ts'
import { parse } from '../../bot/grammar/parse.ts'
import { momentAt } from '../../bot/moment.ts'
import type { Config } from '../../config.ts'
import { chineseWorkdays } from '../../core/calendar/workdays.ts'
import { SHIPPED_PRODUCTS } from '../../features/catalogue/rules.ts'
import { SHIPPED_KINDS } from '../../features/playbook/shipped-outcomes.ts'

/** What would be understood, as JSON; needs no database. */
export function printParsed(config: Config, text: string, now: Date): void {
  console.log(JSON.stringify(understood(config, text, now)))
}

/** What a text would be understood as, in the shape that is printed. `names`: of clients whom it may name. */
export function understood(
  { TIMEZONE }: Config,
  text: string,
  now: Date,
  names: readonly string[] = [],
) {
  const at = momentAt(now, TIMEZONE, chineseWorkdays(), SHIPPED_PRODUCTS, SHIPPED_KINDS)
  const parsed = parse(text, COMMANDS, at, names)
  switch (parsed.kind) {
    case 'intent':
      return { command: parsed.intent.command, input: parsed.intent.input }
    case 'lines':
      return { command: null, lines: parsed.lines }
    case 'asks':
      return { command: null, asks: parsed.ask.doubts[0].question.zh }
    case 'unknown':
      return { command: null, asks: unknown(parsed) }
  }
}

const unknown = ({
  nearest,
}: {
  nearest: readonly { help: { usage: { zh: string } } }[]
}): string =>
  nearest.length > 0
    ? `没听懂。可以说：${nearest.map(({ help }) => help.usage.zh).join(' / ')}`
    : '没听懂。发"帮助"看可以说什么。'
