import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { refuse } from '../../../core/decision.ts'
import type { Edition } from '../../editions/rules.ts'
import { editionOf, inForce, versions } from '../../editions/store.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { standardOf } from '../../tier-rules/store.ts'
import * as policy from '../policy.ts'
import { draftCard, readerOf, standardCard } from './cards.ts'
import {
  type Draft,
  draftMeant,
  type Followed,
  followed,
  type KindInput,
  kindField,
  kindOnly,
  kindSaid,
} from './which.ts'

interface Shown {
  readonly standard: Standard
  readonly editions: readonly Edition[]
}

/** A类标准是什么, what makes a client B: what one tier takes stands among the others, which are tried before it. */
const ONE_TIER =
  /^(?:[a-f] ?(?:类|层|级)?(?:客户)?的?(?:分层)?(?:标准|条件|门槛)|[a-f] ?(?:类|层|级)(?:客户)?的?(?:(?:是|要|需要|有)?(?:什么|哪些|啥)(?:标准|条件|要求)|怎么[算定评分]|怎么判定))(?:是?(?:什么|啥|哪些))?[?？]?$|^标准 ?[a-f] ?(?:类|层|级)?$|^(?:what makes a client|what does it take for(?: tier)?) [a-f]\?*$|^(?:criteria (?:of|for) )?tier [a-f](?: criteria)?\?*$/i

/** The standard in force, or another version of it, in short. */
export const showStandard = query<KindInput & { version?: number | undefined }, Shown>({
  name: 'show-standard',
  may: policy.showStandard,
  help: {
    usage: { zh: '标准', en: 'standard' },
    purpose: {
      zh: '现行分层标准和各个版本；"标准 潜在"看潜在客户的，"标准 第1版"看以前的',
      en: 'the tier standard in force and its versions; "standard prospects", "standard version 1"',
    },
  },
  phrases: {
    words: ['标准', '分层标准', 'standard', 'standards'],
    shape: ONE_TIER,
    read(rest) {
      if (ONE_TIER.test(rest)) return { kind: 'understood', input: {} }
      const numbered = rest.match(/(?:第|version|v)\s*(\d{1,4})\s*版?/i)
      const kind = kindSaid(rest.replace(numbered?.[0] ?? '', '').trim())
      if (!kind) return { kind: 'no' }
      const version = numbered ? { version: Number(numbered[1]) } : {}
      return { kind: 'understood', input: { ...kind, ...version } }
    },
  },
  input: z.object({ ...kindField, version: z.int().positive().optional() }),
  async load(tx, { kind = 'existing', version }, { at }) {
    const edition = version
      ? await editionOf(tx, `tiers:${kind}`, version)
      : await inForce(tx, `tiers:${kind}`, at.today)
    if (!edition) return refuse(`没有第 ${version} 版。`, `There is no version ${version}.`)
    return { standard: standardOf(edition), editions: await versions(tx, `tiers:${kind}`) }
  },
  reply: ({ standard, editions }, _input, context) =>
    standardCard(
      standard,
      editions,
      context.who.role in policy.editStandard.reach,
      readerOf(context),
    ),
})

/** What the draft changes. */
export const showDraft = query<KindInput, Draft & { readonly follows: Followed }>({
  name: 'show-draft',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 草稿', en: 'standard draft' },
    purpose: {
      zh: '草稿改了什么、下一步是什么',
      en: 'what the draft changes, and what comes next',
    },
  },
  phrases: { words: ['标准 草稿', '标准草稿', 'standard draft'], read: kindOnly },
  input: z.object(kindField),
  async load(tx, input, { at }) {
    const draft = await draftMeant(tx, input, { command: 'show-draft', input })
    if (!('edition' in draft)) return draft
    return { ...draft, follows: await followed(tx, draft.standard.kind, at.today) }
  },
  reply: ({ edition, standard, follows }, _input, context) =>
    draftCard(edition, standard, follows, null, readerOf(context)),
})
