import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { speaker } from '../../core/text.ts'
import * as policy from './policy.ts'
import { disown, type Joined, joinedAccount, superiorsOf } from './store.ts'

const input = z.object({
  channel: z.string().max(40).optional(),
  externalId: z.string().max(200).optional(),
})

interface Facts {
  readonly account: Joined
  readonly superiors: readonly string[]
}

/**
 * Ends a new account that somebody else claimed: said by the person from an account that was theirs
 * before it, or by their lead. Nobody is thrown out by an account that came later.
 */
export const disownAccount = command<z.infer<typeof input>, Facts, Facts>({
  name: 'not-me',
  may: policy.disownAccount,
  help: {
    usage: { zh: '不是我', en: 'that was not me' },
    purpose: {
      zh: '停用别人冒您之名绑定的新账号',
      en: 'ends a new account that somebody else claimed in your name',
    },
  },
  phrases: {
    words: ['不是我', '不是本人', 'that was not me', 'not me'],
    read: wholeLine({}),
  },
  input,
  async load(tx, asked, { who, account: from }) {
    const { channel, externalId } = asked
    const named = channel && externalId ? { channel, externalId } : null
    const account = await joinedAccount(tx, named, from, who.id)
    if (!account) {
      return refuse(
        '没有您可以停用的新账号。别的账号有疑问，请找团队主管。',
        'There is no new account that you could end. About others please ask your team lead.',
      )
    }
    return { account, superiors: await superiorsOf(tx, account.staffId) }
  },
  decide: (facts) => facts,
  async save(tx, { account, superiors }, { who, at, tell }) {
    await disown(tx, account, at.now)
    const told = new Set([...superiors, account.staffId, account.issuedBy ?? ''])
    for (const id of told) {
      if (!id || id === who.id) continue
      await tell(id, (language) =>
        textCard(
          speaker(language)(
            `${who.name} 说 ${account.name} 名下新绑定的账号不是本人的，已停用。请查清绑定码给了谁。`,
            `${who.name} says that the new account of ${account.name} is not theirs; it was ended. Please find out who had the code.`,
          ),
        ),
      )
    }
  },
  reply: ({ account }, _facts, { say }) =>
    textCard(
      say(
        `已停用：${account.name} 名下的新账号。它办过什么请核对；团队主管已收到通知。`,
        `Ended: the new account of ${account.name}. Please check what it did; the team lead was told.`,
      ),
    ),
})
