import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { pathOf } from '../../../bot/policy.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { notTakenCard } from '../entries/cards.ts'
import { takeIn } from '../entries/look.ts'
import { decideEntry, type Entry, lockHeld } from '../entries/store.ts'
import * as policy from '../policy.ts'
import { type Link, linksById } from '../store.ts'

const input = z.object({
  entryId: z.uuid(),
  /** `count`: taken in with the credit; `call`: taken in without; `reject`: not taken in. */
  verdict: z.enum(['count', 'call', 'reject']),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly entry: Entry
  readonly link: Link
}

interface Decided extends Facts {
  readonly verdict: Input['verdict']
}

/** A reviewer's word about an entry that was held. */
export const reviewEntry = command<Input, Facts, Decided>({
  name: 'review-referral',
  may: policy.reviewEntries,
  help: {
    usage: { zh: '（审核卡片上的按钮）', en: '(a button of a review)' },
    purpose: { zh: '对一条转介作出审核结论', en: 'decide about a referral that waits' },
  },
  input,
  async load(tx, { entryId }, asker) {
    const entry = await lockHeld(tx, entryId, pathOf(asker))
    const link = entry && (await linksById(tx, [entry.linkId])).get(entry.linkId)
    return entry && link
      ? { entry, link }
      : refuse(
          '这条转介已经审核过了，或已被本人撤回。发"审核转介"看还有哪些。',
          'This referral has been reviewed already, or its sender withdrew it. Say "review referrals" for the rest.',
        )
  },
  decide: (facts, { verdict }) => ({ ...facts, verdict }),
  async save(tx, { entry, link, verdict }, { who, at, bank, actId, clientEntered, tell }) {
    if (verdict !== 'reject') {
      await takeIn(tx, entry, link, verdict === 'count', tell, actId, { at, bank, clientEntered })
    }
    await decideEntry(tx, entry.id, who.id, at.now, verdict === 'reject')
    const { managerId } = entry
    if (verdict === 'reject' && managerId && ![who.id, link.staffId].includes(managerId)) {
      await tell(managerId, (language) => notTakenCard(entry.name, language))
    }
    if (verdict === 'reject' && link.staffId !== who.id) {
      await tell(link.staffId, (language) => {
        const zh = '有人通过转介码留下的联系方式没有通过主管审核，这次不计入。有疑问请问您的主管。'
        const en =
          'What somebody left by a referral code was not accepted by the review and does not count. Ask your lead if you wonder why.'
        return textCard(language === 'zh' ? zh : en)
      })
    }
  },
  reply({ entry, verdict }, _facts, { say }) {
    const done = {
      count: say('已计入转介，客户经理会联系。', 'counted; a client manager will call.'),
      call: say('不计转介，客户经理会联系。', 'not counted; a client manager will call.'),
      reject: say('不受理，没有建档。', 'rejected; nothing was put on file.'),
    }[verdict]
    return textCard(`**${entry.name}**${say('：', ': ')}${done}`, {
      kind: 'buttons',
      buttons: [
        {
          label: say('下一条', 'Next'),
          style: 'primary',
          intent: { command: 'held-referrals', input: {} },
        },
      ],
    })
  },
})
