import { type Candidate, headsClause, markOf } from './kinds/lists.ts'
import { before, type Piece, type View } from './piece.ts'

/** A number or a name with which something begins that is said of it. */
export type Head = Piece<'list'> | Piece<'name'>

/** What people say between a head and the outcome: (李四) 也还是没接. */
const LEAD =
  /(?:[\s:、.)]|那个[\u4e00-\u9fff]{1,4}的|\([^()\n\d]{1,12}\)|打?[接打]?通了|打(?:过|了)?(?:[一两三几][个遍次通])?(?:电话)?了?|让|那边|的?(?:那|这)[个笔]?(?:贷款|单子?|申请|款)?|的(?=申请|合同|(?:贷款|款|材料|资料)(?:已|批|放|到|收|交|齐|下))|的?(?:电话|手机|号码?)(?=没|不|无|打|关|停|占|是空|是别)|刚才|刚刚|还在?|客户|老板娘?|他|她|人家|对方|[跟和]我(?=[说讲])|说|讲|表示|(?:刚才|刚刚)?的?[记说登写弄搞点按]错了?[\s,。]*|改成|改为|更正[为成]?|应该是|应为|其实是?|也|还是|又|都|全|仍然?|全|均|则|是|同样|依然|\b(?:also|still|he|she|they|is|was|has|says?)\b|'s\b)*/iy
/** A name that is none of ours, set off by a blank: 2 李四 有意向. */
const STRANGER = /[\u4e00-\u9fff]{2,4}\s/y
/** So much may stand before the outcome. */
const MOST_STEPS = 6

/** Pieces by where they begin. */
type ByStart = ReadonlyMap<number, Piece>
const byStartOf = (pieces: readonly Piece[]): ByStart =>
  new Map(pieces.map((piece) => [piece.start, piece]))

/** Whether an outcome follows a place, with no more than fillers and values between; not beyond these. */
function leadsToOutcome(
  place: number,
  { text }: View,
  pieces: ByStart,
  beyond: readonly Piece['kind'][] = [],
): boolean {
  let at = place + (text.slice(place, place + 3).match(/^[\s,，]+/)?.[0].length ?? 0)
  let strangers = 0
  for (let step = 0; step < MOST_STEPS; step++) {
    const piece = pieces.get(at)
    if (piece?.kind === 'outcome' || piece?.kind === 'same') return true
    if (piece && beyond.includes(piece.kind)) return false
    if (piece) {
      at = piece.end
      continue
    }
    LEAD.lastIndex = at
    const led = LEAD.exec(text)?.[0].length ?? 0
    if (led > 0) {
      at += led
      continue
    }
    STRANGER.lastIndex = at
    const named = strangers === 0 ? (STRANGER.exec(text)?.[0].length ?? 0) : 0
    if (named === 0) return false
    strangers++
    at += named
  }
  return false
}

/** So far a clause is looked through for an outcome. */
const CLAUSE = 60

/** Whether an outcome follows anywhere in the clause: 李四嫌利率高不做. */
function clauseHasOutcome({ end }: Piece, { text }: View, pieces: ByStart): boolean {
  const clause = text.slice(end, end + CLAUSE).match(/^[^,;。\n\d]*/)?.[0].length ?? 0
  for (let at = end; at < end + clause; at++) {
    const piece = pieces.get(at)
    if (piece?.kind === 'name') return false
    if (piece?.kind === 'outcome' && piece.end <= end + clause) return true
  }
  return false
}

/** The numbers of a line that begin something: at a line's head, or where an outcome follows. */
export function numberHeads(
  found: readonly Candidate[],
  pieces: readonly Piece[],
  view: View,
): Piece<'list'>[] {
  const [first] = found
  const headed = first?.starts === true
  if (first?.spoken && !(headed && leadsToOutcome(first.end, view, byStartOf(pieces)))) return []
  const mark = headed ? markOf(first) : null
  const byStart = byStartOf(pieces)
  return found.filter((each) => {
    if (each.spoken) return leadsToOutcome(each.end, view, byStart)
    if (each.starts || each.ordinal || each.sure) return true
    const setOff = /[\s,;。、(]$/.test(before(view.text, each.start))
    const closed = markOf(each)
    const listed = closed !== null && (closed === mark || (headed && closed !== '.'))
    if (setOff && listed && /^[^\s\d]/.test(view.text.slice(each.end, each.end + 1))) return true
    return (
      (headed && headsClause(each, view)) ||
      leadsToOutcome(each.end, view, byStart) ||
      // Set off by a comma: 2 李四说拒绝.
      (headed &&
        /[,;。]\s?$/.test(before(view.text, each.start)) &&
        clauseHasOutcome(each, view, byStart))
    )
  })
}

const CLAUSE_BEGINS = /(?:^|[\s,;。、\n!?(]|[和跟与及])$/
const ENDS_CLAUSE: ReadonlySet<Piece['kind']> = new Set(['name', 'outcome'])
const CLAUSE_ENDS = /^(?:$|[\s,;。、\n!?)])/
/** 李四嫌利率高不做: what follows is of the client, whatever comes before the outcome. */
const SAYS =
  /^(?:(?:那边|那个[\u4e00-\u9fff]{1,4}的)?(?:[他她]|人家|老板娘?)?[说讲]|不是|嫌|觉得|认为|因为?|由于|担心|怕|暂时|目前|最近|现在|今年|要求|[约定]了?)/
const JOINED = /^[\s,、和跟与及&]{0,3}$/
/** 韩艳介绍的, 韩艳的店: somebody is spoken of. */
const SPOKEN_OF = /^(?:的|介绍|推荐|那|家|店|说的|认识|朋友)/

/** 张三打过了, 张三办好了: what came of it is still to be said. */
export const SPOKEN_TO =
  /^\s?(?:已经?|都|刚刚?)?(?:(?:打|联系|跟进|聊|谈)(?:过|完|好)(?:一?个?电话)?了?|(?:处理|[办做弄])(?:好|完|妥|掉)了?|搞定了?|完成了?)(?=[\s.。!]*$|[,;])/

/** Names of a line by what they are there for. */
export interface NamesSaid {
  /** What follows is said of them. */
  readonly heads: readonly Piece<'name'>[]
  /** Whose the number before them is: 2 李四 没接. */
  readonly own: ReadonlySet<Piece>
}

/** Names that begin something: at the head of a clause, before an outcome or another such name. */
export function namesOf(
  pieces: readonly Piece[],
  numbers: readonly Piece[],
  view: View,
): NamesSaid {
  const names = pieces.filter((piece): piece is Piece<'name'> => piece.kind === 'name')
  const byStart = byStartOf(pieces)
  const ends = new Set(numbers.map(({ end }) => end))
  // 张三李四没接, 张三没接李四也没接: what ends there is said.
  const said = new Set(pieces.flatMap(({ kind, end }) => (ENDS_CLAUSE.has(kind) ? end : [])))
  const { text } = view
  const starts = new Set(names.map(({ start }) => start))
  const heads: Piece<'name'>[] = []
  const own = new Set<Piece>()
  for (const name of names.toReversed()) {
    const { start, end } = name
    const [left, right] = [before(text, start), text.slice(end, end + NEXT)]
    if (!CLAUSE_BEGINS.test(left) && !said.has(start)) continue
    const beside = [0, 1, 2].some(
      (gap) => ends.has(start - gap) && /^[\s(]*$/.test(left.slice(-gap || left.length)),
    )
    if (beside) {
      own.add(name)
      continue
    }
    const next = heads.at(-1)
    const joins =
      next !== undefined && JOINED.test(text.slice(end, Math.min(next.start, end + NEXT)))
    const first = start === 0 || text[start - 1] === '\n'
    const alone =
      first &&
      (/^[\s,:、]/.test(right) ||
        SPOKEN_TO.test(text.slice(end, end + SAYING)) ||
        (SAYS.test(text.slice(end, end + SAYING)) && clauseHasOutcome(name, view, byStart)))
    // 苏德没接,韩艳嫌利率高: among clients by name the next one begins something too.
    const line = text.lastIndexOf('\n', start - 1) + 1
    const following = starts.has(line) && !first && !SPOKEN_OF.test(right)
    if (joins || alone || following || leadsToOutcome(end, view, byStart, ['name']))
      heads.push(name)
    else if (CLAUSE_ENDS.test(right)) own.add(name)
  }
  return { heads: heads.reverse(), own: new Set(firstOfEach([...own], [...numbers, ...heads])) }
}

/** Of names behind one number the first is whose it is; the others are spoken of. */
function firstOfEach(names: readonly Piece[], heads: readonly Piece[]): Piece[] {
  const inOrder = heads.toSorted((a, b) => a.start - b.start)
  const byHead = new Map(
    names.map((name) => [inOrder.findLast(({ end }) => end <= name.start), name] as const),
  )
  return [...byHead].flatMap(([head, name]) => (head?.kind === 'list' ? name : []))
}

/** So much behind a name tells what it is there for, and so much that something is said of it. */
const NEXT = 6
const SAYING = 14
