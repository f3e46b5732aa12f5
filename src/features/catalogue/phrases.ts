import type { Phrases } from '../../bot/command.ts'
import type { Piece } from '../../bot/grammar/scan/piece.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { FREE, NAME } from '../../bot/grammar/slots/labels/section-values.ts'
import { named, type SectionValue, sections } from '../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT, nothing, type Slot } from '../../bot/grammar/slots/slot.ts'
import { text } from '../../core/text.ts'

const { head, behind } = sections({
  line: { words: '条线|line' },
  words: { words: '关键词|words?', last: true },
})

const ACTS: readonly (readonly [RegExp, 'add' | 'change' | 'stop' | 'offer'])[] = [
  [/^(?:新增|增加|添加|add\b)\s*/i, 'add'],
  [/^(?:修改|改|change\b)\s*/i, 'change'],
  [/^(?:停用|下架|stop\b)\s*/i, 'stop'],
  [/^(?:启用|上架|offer\b)\s*/i, 'offer'],
]

/** What is to become of a product. */
const act: Slot = {
  field: 'act',
  kinds: [],
  first: true,
  take({ scanned, start, end }) {
    for (const [word, value] of ACTS) {
      const said = scanned.text.slice(start, end).match(word)?.[0]
      if (said === undefined) continue
      const from = start + said.length
      const claim: Piece = { kind: 'opaque', value: null, start, end: from, said }
      return { value, claims: [claim], from }
    }
    return nothing
  },
  ask: () => ({ expects: 'text', question: text('做什么？', 'What is to be done?') }),
}

/** Words that mean a product, parted by marks. */
const WORDS: SectionValue = {
  ...FREE,
  read({ scanned, start, end }) {
    const said = asTypedIn(scanned, start, end)
      .toLowerCase()
      .split(/[、,，;；]+/)
    return { value: said.map((word) => word.trim()).filter(Boolean) }
  },
}

const product = head(named('named', text('叫什么？', 'What is it called?'), NAME))
const line = behind('line', text('条线', 'line'), NAME)
const words = behind('words', text('关键词', 'words'), WORDS)

/** Which line of business serves it: of a new product that is asked. */
const lineOfNew: Slot = {
  ...line,
  ask: (doubt, subject, part) =>
    doubt.said === ''
      ? {
          expects: 'text',
          question: text(
            '属于哪条业务条线？比如 支付结算。',
            'Which line of business serves it? For example payments.',
          ),
        }
      : line.ask(doubt, subject, part),
}

const WORDED = ['产品', 'products']
const ADD = phrase(
  { words: WORDED, strict: true },
  act,
  product,
  { ...lineOfNew, required: true },
  words,
)
const CHANGE = phrase({ words: WORDED, strict: true }, act, product, line, words)
const ALONE = phrase({ words: WORDED, strict: true }, act, product)

/**
 * "新增 银税贷 条线 小微信贷 关键词 税贷、银税", "改 结算卡 关键词 对公卡、开户", "停用 理财", "启用 理财": one
 * product of the catalogue. What is not said of it stays as it is.
 */
export const CATALOGUE_PHRASES: Phrases<unknown> = {
  ...CHANGE,
  scans(scanned, from) {
    const said = ACTS.find(([word]) => word.test(scanned.text.slice(from)))?.[1]
    const { scans } = said === 'add' ? ADD : said === 'change' ? CHANGE : ALONE
    const account = scans?.(scanned, from)
    if (!account || account.reading.kind === 'no') return NOT_MEANT
    const { reading } = account
    const input = reading.input as { readonly line?: string; readonly words?: readonly string[] }
    const changes = input.line !== undefined || input.words !== undefined
    return said === 'change' && reading.kind === 'understood' && !changes ? NOT_MEANT : account
  },
}

const served = sections({ department: { words: '归|由|to', glued: true } })

/** "支付结算 归 支付结算部": a line of business, and the department that serves it. */
export const LINE_PHRASES: Phrases<unknown> = phrase(
  { words: ['条线', 'line'], strict: true },
  {
    ...served.head(named('named', text('哪条业务条线？', 'Which line of business?'), NAME)),
    first: true,
  },
  { ...served.behind('department', text('部门', 'department'), NAME), first: true },
)
