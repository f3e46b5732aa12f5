import { opt } from '../../bot/grammar/slots/fill.ts'
import { phone } from '../../bot/grammar/slots/kinds/phone.ts'
import { counted, NAME, oneOfThese, WORDS } from '../../bot/grammar/slots/labels/section-values.ts'
import { named, type SectionValue, sections } from '../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { nothing, type Slot, taking } from '../../bot/grammar/slots/slot.ts'
import { text } from '../../core/text.ts'
import { CLUSTER_KINDS, type ClusterKind, KIND_LABELS, KIND_PATTERNS, kindSaid } from './rules.ts'

const { head, behind } = sections({
  kind: { words: '类型|类别|type|kind' },
  address: { words: '地址|address' },
  contactName: { words: '联系人|负责人|contact' },
  businesses: { words: '商户数?|户数|businesses' },
  alias: { words: '别名|也叫|又名|alias' },
})

const KIND = oneOfThese(
  KIND_PATTERNS,
  Object.fromEntries(
    CLUSTER_KINDS.flatMap((kind: ClusterKind) =>
      [KIND_LABELS[kind].zh, KIND_LABELS[kind].en].map((word) => [word, kind]),
    ),
  ),
)

/** What a telephone number is called, behind the name of whose it is. */
const CALLED = /[\s,;]*(?:手机号?|电话|tel|phone)?[\s:]*$/i

/** Whom to ask for; the number behind is a slot of its own. */
const CONTACT: SectionValue = {
  ...NAME,
  read(part) {
    const [number] = taking(part, 'phone')
    if (!number || number.start < part.start) return NAME.read(part)
    const beside = part.scanned.text.slice(number.end, part.end).trim()
    if (beside !== '') return NAME.read(part)
    const said = part.scanned.text.slice(part.start, number.start)
    const end = number.start - (said.match(CALLED)?.[0].length ?? 0)
    const before = part.pieces.filter((piece) => piece.end <= end)
    // 联系人 13800138000: a number alone names nobody.
    const name = end > part.start ? NAME.read({ ...part, end, pieces: before }) : { value: null }
    return { ...name, upTo: number.start }
  },
}

/** 东门农贸 市场: the kind behind the name. In English it is a part of the name: Hardware Market. */
const kindBehindName: Slot = {
  field: 'kind',
  kinds: [],
  leaves: true,
  take({ scanned, start, end }) {
    const said = scanned.text.slice(start, end).trimEnd()
    const labelled = /类型|类别/.test(scanned.text)
    const word = labelled ? '' : (said.match(/(?<=\S\s)\p{Script=Han}+$/u)?.[0] ?? '')
    const value = kindSaid(word)
    if (!value) return nothing
    const from = start + said.length - word.length
    const place = { start: from, end: from + word.length, said: word }
    return { value, claims: [{ kind: 'opaque', value: null, ...place }] }
  },
  ask: () => ({ expects: 'text', question: text('是哪一类？', 'Of which kind?') }),
}

const contactPhone: Slot = { ...opt(phone('contactPhone')), leaves: true }

/** "五金市场 类型 市场 商户 320 联系人 王主任 13800138000": its name, and what is known of it. */
export const KEEP_PHRASES = phrase(
  {
    words: [
      '集群 登记',
      '集群登记',
      '登记集群',
      '集群 新建',
      '新建集群',
      'register cluster',
      'new cluster',
    ],
    strict: true,
    asksBare: true,
  },
  head(kindBehindName),
  head(named('named', text('集群叫什么？', 'What is the cluster called?'), NAME)),
  contactPhone,
  behind('kind', text('类型', 'type'), KIND),
  behind('address', text('地址', 'address'), WORDS),
  behind('contactName', text('联系人', 'contact'), CONTACT),
  behind(
    'businesses',
    text('商户数', 'number of businesses'),
    counted(/[户家个]$/, { zh: '320', en: '320' }),
  ),
  behind('alias', text('别名', 'alias'), NAME),
)
