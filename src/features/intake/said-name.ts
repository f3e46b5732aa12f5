import type { Piece } from '../../bot/grammar/scan/piece.ts'
import { inDoubt, nothing, type Part, type Slot } from '../../bot/grammar/slots/slot.ts'
import { isBusiness, typedFrom, type Word, wordsOf } from './said-words.ts'

/** The hundred commonest family names, and those of two characters. */
const FAMILY =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常'
const FULL = new RegExp(
  `^(?:[${FAMILY}][\\u4e00-\\u9fff]{1,2}|(?:欧阳|上官|司马|诸葛|皇甫|尉迟|令狐|慕容|东方|夏侯|司徒)[\\u4e00-\\u9fff]{1,2}|[老小阿大][\\u4e00-\\u9fff]{1,2}|[\\u4e00-\\u9fff]{1,2}(?:总|老板娘?|师傅|先生|女士|姐|哥|叔|姨))$`,
)
const HAN = /^[\u4e00-\u9fff·]{1,6}$/
const LATIN = /^[a-z][a-z'’.-]*$/i
const LABEL = /^(?:(?:客户|老板)?(?:姓名|名字|名|叫做?)|name(?: is)?|called)(?:是|叫)?$/i
const LABELLED = /^(?:(?:客户|老板)?(?:姓名|名字|叫做?))(?:是|叫)?(?=[\u4e00-\u9fff])/

/** The words of a name, and those that leave open how far it goes. */
interface Found {
  readonly words: readonly Word[]
  readonly unsure?: readonly Word[]
}

/** A label of its own or glued to the name: 姓名 李四, 叫刘小燕. */
function labelled(words: readonly Word[]): Found | null {
  for (const [place, word] of words.entries()) {
    const next = words[place + 1]
    if (LABEL.test(word.said) && next) return { words: [next] }
    const label = word.said.match(LABELLED)?.[0]
    if (label)
      return {
        words: [{ ...word, start: word.start + label.length, said: word.said.slice(label.length) }],
      }
  }
  return null
}

/** The first word and those beside it that may be of one name. `behind`: words that come after the number. */
function first(words: readonly Word[], behind: boolean): Found {
  const [head, ...others] = words
  if (!head) return { words: [] }
  const latin = LATIN.test(head.said)
  if (!latin && !HAN.test(head.said)) return { words: [head] }
  const end = others.findIndex(
    ({ said, beside }) => !beside || !(latin ? LATIN : HAN).test(said) || isBusiness(said),
  )
  const run = [head, ...(end < 0 ? others : others.slice(0, end))]
  if (run.length === 1) return { words: run }
  return latin ? ofLatin(run, behind || end >= 0) : ofHan(run, behind)
}

const capitals = ({ said }: Word) => /^[A-Z]/.test(said)
/** Nobody's name has more words. */
const MOST_WORDS = 4

/** John Smith; of small letters all the words where the business is said elsewhere. */
function ofLatin(run: readonly Word[], more: boolean): Found {
  const small = run.findIndex((word) => !capitals(word))
  const name = small > 0 ? run.slice(0, small) : small < 0 || more ? run : run.slice(0, 1)
  return name.length > MOST_WORDS ? { words: [], unsure: name } : { words: name }
}

/** 尼玛 次仁 is a name; 李四 顺达 is one and a shop, where no shop is said elsewhere. */
function ofHan(run: readonly Word[], behind: boolean): Found {
  const [head, ...others] = run
  if (!head || !FULL.test(head.said)) return { words: run.slice(0, MOST_WORDS) }
  return behind ? { words: [head], unsure: [head, ...others] } : { words: [head] }
}

/** The words of the line that may be the name, those before the number first. */
function find(part: Part): Found {
  const words = wordsOf(part)
  const said = labelled(words)
  if (said) return said
  const number = part.pieces.find(({ kind }) => kind === 'phone')?.start ?? part.end
  const before = words.filter(({ start }) => start < number)
  const behind = words.filter(({ start }) => start > number)
  return before.length > 0 ? first(before, behind.length > 0) : first(behind, false)
}

const pieceOf = (part: Part, from: Word, to: Word): Piece => {
  const said = typedFrom(part, from, to)
  return { kind: 'name', start: from.start, end: to.end, said, value: said }
}

/** What the new client is called: names of two words are kept whole, and where they may end is asked. */
export const newName: Slot = {
  field: 'name',
  kinds: ['name'],
  first: true,
  required: true,
  take(part) {
    const { words, unsure } = find(part)
    if (unsure) {
      const [from, to] = [unsure[0], unsure.at(-1)]
      if (!from || !to) return nothing
      // What is no part of the name after all is noted.
      const claims = [pieceOf(part, from, from)]
      return { ...inDoubt('unclear', [pieceOf(part, from, to)]), claims }
    }
    const [from, to] = [words[0], words.at(-1)]
    if (!from || !to) return nothing
    const name = pieceOf(part, from, to)
    return { value: name.value, claims: [name] }
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: said
      ? {
          zh: `客户叫什么名字？"${said}"里哪几个字是姓名？只回姓名即可，其他内容已记下。`,
          en: `Which words of "${said}" are the name? Just send the name; the rest is kept.`,
        }
      : { zh: '客户叫什么名字？', en: 'What is the name of the client?' },
  }),
}
