import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import type { Kind } from '../../../src/bot/grammar/scan/piece.ts'
import { scan } from '../../../src/bot/grammar/scan/scan.ts'
import { nothing } from '../../../src/bot/grammar/slots/slot.ts'
import { momentOf } from '../../support/moment.ts'

// Whatever command declares its slots: what the scan finds in a line is in a slot or in a question, or it stands
// in the words that are kept, where the command takes none of its kind.

const NAMES = ['张三', '苏德', 'John Smith']
const CONTEXT = { at: momentOf('2026-11-26T09:00:00+08:00'), names: NAMES }

const SAID: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  amount: ['50万', '几十万', '3万美元', '8000元', '伍拾万元整'],
  number: ['50'],
  day: ['明天', '下周三', '12月3日', '下周', '昨天', '2月30日', '至 2027-11-30'],
  time: ['下午3点', '10:30', '半小时后', '2-4点'],
  phone: ['13800138000', '0571-88886666', '13900139000'],
  product: ['结算卡', '流贷'],
  name: ['苏德'],
}
const COUNTED = Object.keys(SAID) as Kind[]
const PART = fc.oneof(
  ...Object.values(SAID).map((words) => fc.constantFrom(...words)),
  fc.constantFrom('带合同', '老板不在', '联系李四', '账号 6228001', '余额10万'),
  // Words without which a command is not meant.
  fc.constantFrom('走访 20', '投放 300万', '12月', '四季度', '平均', '代班 王五'),
  // Labels with what is theirs, and what is not.
  fc.constantFrom('区域 城东', '每天 10', '到 12/15', '商户 320', '客群 到期户', '给 一队'),
  fc.constantFrom(
    '12/1-12/5',
    '12/10 到 12/25',
    '话术 上门问候',
    '联系人 王主任 13800138000',
    '产品 结算卡',
  ),
)
const LINE = fc
  .tuple(fc.array(PART, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '；'))
  .map(([parts, gap]) => parts.join(gap))

const WHOSE = fc.constantFrom('张三 ', '3 ', '王五 ', '13800138000 ', '')

const DECLARED = COMMANDS.flatMap(({ name, phrases }) =>
  phrases?.slots && phrases.words[0]
    ? [{ name, word: phrases.words[0], slots: phrases.slots, phrases }]
    : [],
)

/** Every text of an input and of the questions about it. */
const textsIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? `${value}\n`
    : Object.values(value ?? {})
        .map(textsIn)
        .join('')

const accountOf = ({ word, phrases }: (typeof DECLARED)[number], said: string) => {
  const scanned = scan(`${word} ${said}`, CONTEXT)
  const account = phrases.scans?.(scanned, word.length + 1)
  return account && account.reading.kind !== 'no' ? { ...account, scanned } : null
}

/** What of a line is neither in a slot nor asked about nor kept; null: it does not mean the command. */
function lostOf(command: (typeof DECLARED)[number], said: string): string[] | null {
  const account = accountOf(command, said)
  if (!account) return null
  const { scanned } = account
  const { slots, word } = command
  const from = word.length + 1
  const own = new Set(slots.flatMap(({ kinds }) => kinds))
  const kept = textsIn(account.reading)
  const held = [...account.accounted]
  return scanned.pieces
    .filter(({ kind, start, tells }) => COUNTED.includes(kind) && start >= from && !tells)
    .filter(({ start, end }) => !held.some((each) => each.start <= start && each.end >= end))
    .filter(
      (piece) => own.has(piece.kind) || !kept.includes(scanned.typed.slice(piece.start, piece.end)),
    )
    .map(({ kind, said }) => `${kind} ${said}`)
}

describe.each(DECLARED)('what is said with $word ($name)', (command) => {
  test('is in a slot, in a question or in the words that are kept', () => {
    fc.assert(
      fc.property(WHOSE, LINE, (whose, said) => {
        expect(lostOf(command, whose + said) ?? [], whose + said).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

/** What a command that has no room for a note asks about as having no place. */
function unplacedOf(command: (typeof DECLARED)[number], said: string): unknown {
  const reading = accountOf(command, said)?.reading
  const input = reading?.kind === 'asks' ? reading.input : null
  return (input as { unread?: string } | null)?.unread
}

const VALUES = DECLARED.flatMap((command) =>
  command.slots.flatMap((slot) =>
    !slot.first && slot.kinds.some((kind) => kind !== 'name' && COUNTED.includes(kind))
      ? [{ ...command, slot, field: slot.field }]
      : [],
  ),
)
test.each(VALUES)('$word would lose something if $field were not read', ({ slot, ...command }) => {
  const loses = fc.check(
    fc.property(WHOSE, LINE, (who, said) => {
      const meant = lostOf(command, who + said)
      const unplaced = unplacedOf(command, who + said)
      const broken = vi.spyOn(slot, 'take').mockReturnValue(nothing)
      const lost = lostOf(command, who + said)
      const left = unplacedOf(command, who + said)
      broken.mockRestore()
      return left === unplaced && (lost?.length === 0 || (lost === null && meant === null))
    }),
    { numRuns: 500 },
  )
  expect(loses.failed).toBe(true)
})
