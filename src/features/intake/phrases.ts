import { ofKind, type Piece } from '../../bot/grammar/scan/piece.ts'
import { FREE } from '../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { isOnlyFillers } from '../../bot/grammar/scan/words/fillers.ts'
import { opt } from '../../bot/grammar/slots/fill.ts'
import { nextDay } from '../../bot/grammar/slots/kinds/day.ts'
import { phone } from '../../bot/grammar/slots/kinds/phone.ts'
import { amount, product } from '../../bot/grammar/slots/kinds/values.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { inDoubt, nothing, oneOf, type Part, type Slot } from '../../bot/grammar/slots/slot.ts'
import { wishedIn } from '../tasks/outcomes/other-lines.ts'
import { newName } from './said-name.ts'
import {
  isBusiness,
  overlaps,
  piecesByWord,
  saysOnly,
  typedFrom,
  type Word,
  wordsOf,
} from './said-words.ts'

export const NEW_CLIENT_WORDS = [
  ...[
    '新客户',
    '新增客户',
    '新增',
    '录入客户',
    '录入',
    '录个新客户',
    '录个客户',
    '录一个客户',
    '录客户',
    '登记新客户',
    '登记客户',
    '登记一个客户',
  ],
  ...['加个客户', '加一个客户', '加客户', '加个新客户', '添加客户', '新加客户', '新建客户'],
  ...['new client', 'new prospect', 'new', 'add client', 'add a client', 'enter client'],
]

/** 刚认识一个老板 叫…: somebody was met, with a number or a name. */
const MET =
  /^(?:今天|昨天|刚刚?|刚才)?(?:有[一1]?[个位名家]?(?=新)|认识|来|谈|加|拉|开发|拓展?)了?(?:[一1]?[个位名家])?新?(?:老板娘?|客户|商户)[\s,:]*(?=.*(?:\d{7}|叫|姓名))/

const UNIT = /[万千亿wkm元块¥$€£]|million|thousand|rmb|cny|yuan|dollar/i
const WANTED = /(?:贷款?|借款?|要|需要?|想|loan|wants?|needs?)\s*$/i

/** Pieces that are no part of the name, each with the word in which it stands. */
function within(part: Part, pieces: readonly Piece[], claimed: ReadonlySet<Piece>) {
  const names = [...claimed].filter(({ kind }) => kind === 'name')
  const free = pieces.filter((piece) => !names.some((name) => overlaps(name, piece)))
  return [...piecesByWord(wordsOf(part), free)].flatMap(([word, found]) =>
    found.map((piece) => ({ piece, word, plain: saysOnly(word, [piece]) })),
  )
}

/** What the client wants to borrow. Digits alone are asked about, unless a phone is: they may be meant for one. */
const wish: Slot = {
  ...opt(amount()),
  leaves: true,
  take(part, _before, claimed) {
    const named = part.pieces.filter(
      ({ kind, tells }) => (kind === 'amount' || kind === 'number') && !tells,
    )
    const said = within(part, named, claimed)
    const sure = said.filter(({ piece: { said, start, doubt }, word, plain }) => {
      const wanted = WANTED.test(part.scanned.text.slice(0, start))
      return (UNIT.test(said) || wanted) && (plain || wanted || (!doubt && !isBusiness(word.said)))
    })
    const bare = said.filter(({ plain }) => plain)
    const dialled = [...claimed].some(({ kind }) => kind === 'phone')
    if (sure.length === 0) {
      const pieces = bare.map(({ piece }) => piece)
      return dialled && pieces[0] ? inDoubt('unclear', pieces) : { ...nothing, weighed: pieces }
    }
    const money = [...new Set([...sure, ...bare].map(({ piece }) => piece))]
    // 流贷 50 30万: which of them is wanted?
    return money.length > sure.length || money.some(({ kind }) => kind === 'number')
      ? inDoubt(money.length > 1 ? 'several' : 'unclear', money)
      : oneOf(money as readonly (Piece<'amount'> & Piece)[])
  },
}

/** Products that are said to be wanted, which stay in what is told. */
const wants: Slot = {
  field: 'products',
  kinds: ['product'],
  leaves: true,
  take(part) {
    const codes = wishedIn(part)
    const value = codes.length > 0 ? codes : null
    return { ...nothing, value, weighed: ofKind(part.pieces, 'product') }
  },
  ask: product('products').ask,
}
const GOES = /联系|再?打|见|约|谈|去|来|拜访|走访|上门|回访|跟进|call|visit|meet|again/i

/** When the first call is wanted. */
const callOn: Slot = {
  ...opt(nextDay()),
  leaves: true,
  take(part, _before, claimed) {
    const days = ofKind(part.pieces, 'day').filter(({ tells }) => !tells)
    const wanted = within(part, days, claimed).filter(
      ({ word, plain }) => plain || GOES.test(word.said),
    )
    return oneOf<'day'>(wanted.map(({ piece }) => piece as Piece<'day'> & Piece))
  },
}

const SHOP_LABEL = /^(?:店名|店铺|商户名?称?|企业名?称?|公司名称?|单位|字号|business|shop name)/i
const TRADE = /^(?:开|做|搞|经营|是|在)(?=.{2,}的$)|的$/g
/** What is left: the shop, and a note. English words beside each other are one. */
const shopAndNote: Slot = {
  field: 'businessName',
  kinds: [],
  rest: true,
  take(part, _before, claimed) {
    const free = part.scanned.text.slice(part.start, part.end).search(new RegExp(FREE.source, 'i'))
    const end = free < 0 ? part.end : part.start + free
    const words = wordsOf({ ...part, end, pieces: part.pieces.filter((each) => each.end <= end) })
    const taken = [...claimed].sort((a, b) => a.start - b.start)
    const values = piecesByWord(words, taken)
    const said = piecesByWord(words, part.pieces)
    const left = words.filter((word) => {
      const own = values.get(word) ?? []
      if (own.some(({ kind }) => kind === 'name')) return false
      return own.length > 0 ? !saysOnly(word, own) : !isOnlyFillers(word.said)
    })
    const groups = grouped(left)
    const isPlain = (word: Word) => said.get(word)?.every(({ kind }) => kind === 'product') ?? true
    const shop =
      groups.find(([word]) => word && SHOP_LABEL.test(word.said)) ??
      groups.find((group) => group.some((word) => isBusiness(word.said))) ??
      groups.find((group) => group.every((word) => isPlain(word) && !TOLD.test(word.said)))
    const others = groups.filter((group) => group !== shop)
    const told = others.map((group) => typed(part, group))
    const noted = asTypedIn(part.scanned, end, part.end).replace(/^[\s,，;；。、]*\S+?[:：\s]+/, '')
    const note = [...told, noted].filter(Boolean).join(' ') || null
    const businessName = shop ? nameOf(typed(part, shop)) : null
    // 新客户 张三 … 苏德: another client's name is the shop's, or told.
    const weighed = left
      .flatMap((word) => said.get(word) ?? [])
      .filter(({ kind }) => kind === 'name')
    return { value: businessName, claims: [], weighed, ...(note && { more: { note } }) }
  },
  ask: () => ({ expects: 'text', question: { zh: '店名是什么？', en: 'What is the business?' } }),
}

/** Tried at the first of a row only: from each of them is quadratic. */
const MARKS_BEHIND = /(?<![\s!！?？。,，;；、~])[\s!！?？。,，;；、~]+$/

const nameOf = (typed: string): string | null =>
  typed
    .replace(SHOP_LABEL, '')
    .replace(/^[\s:：是]+/, '')
    .replaceAll(TRADE, '')
    .replace(MARKS_BEHIND, '') || null

const typed = (part: Part, [first, ...more]: readonly Word[]): string =>
  first ? typedFrom(part, first, more.at(-1)) : ''

/** What is told of a client, and no name of a shop. */
const TOLD = /介绍|推荐|认识|朋友|老乡|亲戚|熟人|邻居|同学|急|贷|意向|客户|有空|方便|联系/
/** What a shop is called, before the word for it. */
const CALLED = /^[\u4e00-\u9fff]{2,3}$/

/** Whether a word goes on with what the one before it says: hardware store, 顺发 五金店, 店名 顺达. */
function goesOn(before: Word, { said, beside }: Word): boolean {
  if (before.said.match(SHOP_LABEL)?.[0] === before.said) return true
  if (!beside) return false
  if (/^[a-z]/i.test(said)) return /[a-z]$/i.test(before.said)
  return (
    CALLED.test(before.said) &&
    !TOLD.test(before.said) &&
    !isBusiness(before.said) &&
    isBusiness(said)
  )
}

function grouped(words: readonly Word[]): Word[][] {
  const groups: Word[][] = []
  for (const [place, word] of words.entries()) {
    const before = words[place - 1]
    if (before && goesOn(before, word)) groups.at(-1)?.push(word)
    else groups.push([word])
  }
  return groups
}

/** "新客户 李四 13800138000 五金店 想贷30万 下周三联系": in any order, the name first or behind its label. */
export const NEW_CLIENT_PHRASES = phrase(
  // 新增资料 is a paper, whoever may keep one.
  {
    words: NEW_CLIENT_WORDS,
    opens: MET,
    unless: /^(?:资料|产品|话术|活动|名单|任务|集群|集市|授信|指标|日程|客群)(?!\d)/,
  },
  newName,
  phone(),
  wish,
  callOn,
  wants,
  shopAndNote,
)
