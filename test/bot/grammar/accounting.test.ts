import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Piece, type ScanContext, TAKEN } from '../../../src/bot/grammar/scan/piece.ts'
import { type Scanned, scan } from '../../../src/bot/grammar/scan/scan.ts'
import { type Account, nothing, type Slot } from '../../../src/bot/grammar/slots/slot.ts'
import { accountOfOutcomes, OUTCOME_SLOTS } from '../../../src/features/tasks/phrases.ts'
import { momentOf } from '../../support/moment.ts'

const NAMES = ['张三', '苏德', '段国斌', '韩艳', '阿卜杜·热合曼', '周五', 'John Smith', '陈没接']
const CONTEXT: ScanContext = {
  at: momentOf('2026-11-26T09:00:00+08:00'),
  names: NAMES,
}
const read = (typed: string, slots: readonly Slot[] = OUTCOME_SLOTS) => {
  const scanned = scan(typed, CONTEXT)
  return { scanned, ...accountOfOutcomes(scanned, slots) }
}
const meantBy = ({ reading }: Account) =>
  reading.kind === 'no'
    ? 'no'
    : {
        items: (reading.input['items'] as readonly object[]).map((item) => ({
          ...item,
          note: null,
        })),
        asks: reading.kind === 'asks' ? reading.doubts.map(({ slots }) => slots) : [],
      }

const AMOUNT = fc.constantFrom(
  ...[
    '50万',
    '30w',
    '五十万',
    '十五点八万',
    '20-30万',
    '几十万',
    '1.5百万',
    '50',
    '8000元',
    '3万美元',
  ],
  ...['伍拾万元整', '50个', '500k', '流水300万'],
)
const DAY = fc.constantFrom(
  ...[
    '明天',
    '下周三',
    '12月3日',
    '月底',
    '下周',
    '昨天',
    '2月30日',
    '12/5',
    '过几天',
    '28年3月1日',
  ],
  ...['周三', '大后天', 'next Friday', '3月15日到期', '两周后', '5号'],
)
const HOUR = fc.constantFrom(
  ...['下午3点', '晚上8点', '10:30', '下午再打', '半小时后再打', 'at 3pm', '2-4点', '下午3点以后'],
  ...['10点前', 'after 3pm'],
)
const OUTCOME = fc.constantFrom(
  ...['没接', '有意向', '拒绝', '再考虑', '已申请', '空号', '勿扰', '不是没兴趣', '有意向吗'],
  ...['no answer', 'interested', '还没放款'],
)
const OTHER = fc.constantFrom(
  ...['带材料', '老板不在', '13800138000', 'lisi5000@qq.com', '城东路12-5号', '工号 10086', '张三'],
  ...['韩艳介绍的', '利率高', '结算卡', '流贷', '有3台设备', '2个店', '座1203室'],
)
const HEAD = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map(String),
  fc.constantFrom('1、2', '3-5', '第二个', '苏德', '张三，段国斌', '周五'),
)
const GAP = fc.constantFrom(' ', '，', '', '。', ', ')
const PART = fc.oneof(
  { weight: 3, arbitrary: OUTCOME },
  { weight: 3, arbitrary: AMOUNT },
  { weight: 3, arbitrary: DAY },
  HOUR,
  OTHER,
)
const ITEM = fc
  .tuple(HEAD, fc.array(fc.tuple(GAP, PART), { minLength: 1, maxLength: 5 }))
  .map(([head, parts]) => parts.reduce((line, [gap, part]) => `${line}${gap}${part}`, head))
const LINE = fc
  .array(ITEM, { minLength: 1, maxLength: 3 })
  .chain((items) => fc.constantFrom('\n', '，', ' ').map((between) => items.join(between)))

const ACCOUNTED: ReadonlySet<Piece['kind']> = new Set([
  ...(['amount', 'number', 'day', 'time', 'list', 'name', 'outcome'] as const),
])

/** Without a day an hour may be of anything; in a line about one thing it is of the day beside it. */
const isUnclearBesideDay = ({ doubt }: Piece, { pieces, heads }: Scanned): boolean =>
  doubt !== undefined &&
  heads.length === 1 &&
  pieces.some(({ kind, value, tells }) => kind === 'day' && value !== null && !tells)

/** Pieces of a line that the reading has neither in a slot nor in a doubt. */
function lost(typed: string, slots?: readonly Slot[]): string[] {
  const { scanned, reading, accounted } = read(typed, slots)
  if (reading.kind === 'no') return []
  const held = [...accounted]
  return [...scanned.pieces, ...scanned.heads]
    .filter(({ kind, tells }) => ACCOUNTED.has(kind) && !tells)
    .filter((piece) => piece.kind !== 'time' || isUnclearBesideDay(piece, scanned))
    .filter(({ start, end }) => !held.some((each) => each.start <= start && each.end >= end))
    .map(({ kind, said }) => `${kind} ${said}`)
}

describe('whatever a line of outcomes says', () => {
  test('is in a slot or in a question', () => {
    fc.assert(
      fc.property(LINE, (typed) => {
        expect(lost(typed), typed).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test.each(OUTCOME_SLOTS.filter(({ kinds }) => kinds.some((kind) => ACCOUNTED.has(kind))))(
    'would be missed if $field were not read',
    (broken) => {
      const slots = OUTCOME_SLOTS.map((slot) =>
        slot === broken ? { ...slot, take: () => nothing } : slot,
      )
      const misses = fc.check(
        fc.property(LINE, (typed) => lost(typed, slots).length === 0),
        { numRuns: 500 },
      )
      expect(misses.failed).toBe(true)
    },
  )

  test('is cut into pieces that do not overlap', () => {
    fc.assert(
      fc.property(LINE, (typed) => {
        const { pieces, open, text } = scan(typed, CONTEXT)
        let end = 0
        for (const piece of pieces) {
          expect(piece.start, typed).toBeGreaterThanOrEqual(end)
          end = piece.end
        }
        expect(open.length).toBe(text.length)
        expect(open.replaceAll(TAKEN, '').length).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  test('is kept as it was typed', () => {
    fc.assert(
      fc.property(LINE, (typed) => {
        const { reading } = read(typed)
        if (reading.kind === 'no') return
        for (const { note } of reading.input['items'] as readonly { note: string | null }[]) {
          if (note !== null) expect(typed).toContain(note)
        }
      }),
    )
  })

  test('stays what it is with a note behind it', () => {
    fc.assert(
      fc.property(ITEM, fc.array(PART, { maxLength: 3 }), (typed, more) => {
        const noted = `${typed} 备注 ${more.join(' ')}客户在外地`
        expect(meantBy(read(noted)), noted).toEqual(meantBy(read(typed)))
      }),
      { numRuns: 500 },
    )
  })
})

const WIDE = (typed: string) =>
  typed.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
const TRADITIONAL: Readonly<Record<string, string>> = {
  ...{ 万: '萬', 没: '沒', 两: '兩', 请: '請', 绝: '絕', 虑: '慮', 后: '後', 号: '號', 点: '點' },
  ...{ 周: '週', 兴: '興', 选: '選', 爱: '愛', 联: '聯', 系: '係', 个: '個', 过: '過' },
}
const INDENTED = (typed: string) => `\u202d ${typed.replaceAll(' ', '  ')}\u200b`

test.each<[string, (typed: string) => string]>([
  ['full width', WIDE],
  [
    'traditional characters',
    (typed) => Array.from(typed, (one) => TRADITIONAL[one] ?? one).join(''),
  ],
  ['invisible marks and more blanks', INDENTED],
])('%s reads the same', (_, dressed) => {
  fc.assert(
    fc.property(ITEM, (typed) => {
      const plain = typed.replace(/[@:.]/g, '')
      expect(meantBy(read(dressed(plain))), plain).toEqual(meantBy(read(plain)))
    }),
    { numRuns: 300 },
  )
})

test('spoken numerals read as digits do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('万', '十万', '百万'),
      (count, unit) => {
        const spoken = '零一二三四五六七八九'[count] ?? ''
        expect(meantBy(read(`1 有意向 ${spoken}${unit}`))).toEqual(
          meantBy(read(`1 有意向 ${count}${unit}`)),
        )
      },
    ),
  )
})

test('what is said of an outcome may stand in any order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('50万', '五十万', '30w', '几十万'),
      fc.constantFrom('下周三', '12月3日', '下周', '大后天'),
      fc.constantFrom('流贷', '结算卡'),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (amount, day, product, by) => {
        const parts = [amount, day, product]
        const mixed = parts.toSorted(
          (a, b) => (by[parts.indexOf(a)] ?? 0) - (by[parts.indexOf(b)] ?? 0),
        )
        const order = (reading: ReturnType<typeof meantBy>) =>
          typeof reading === 'string' ? reading : { ...reading, asks: [...reading.asks].sort() }
        expect(order(meantBy(read(`1 有意向 ${mixed.join(' ')}`)))).toEqual(
          order(meantBy(read(`1 有意向 ${parts.join(' ')}`))),
        )
      },
    ),
  )
})
